"""Archives of two runs for the tools of others, and what their web really sent.

    python -m tests.archive.wacz_samples FOLDER

writes `1.wacz`, the archive of a first run (pages, robots.txt, redirect, errors), `2.wacz`, that of a second one with revisits of its
pages, `truth.warc.gz` with every answer whole, by warcio alone, `broken.wacz`, the first with one byte of a page turned, and
`dropped.wacz`, the first without a page that was taken out, whose answers are in `left.warc.gz`.
"""

import gzip
import sys
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from archive.dropping import drop_records
from archive.framing import payload_digest
from archive.wacz import pack_wacz
from archive.writer import WarcWriter
from schemas.page import ArchivePlace, Original
from tests.archive.samples import HTML, NOON, Pairs, make_record, write_exchange

ROOT = "https://www.ale.se"
GZIP: Pairs = (*HTML, ("Content-Encoding", "gzip"), ("ETag", '"1"'))


class Answer(NamedTuple):
    """What the web sends for a path."""

    body: bytes
    status: int = 200
    headers: Pairs = HTML


FIRST = {
    "/robots.txt": Answer(b"User-agent: *\nDisallow:\n", headers=(("Content-Type", "text/plain"),)),
    "/": Answer(b"<a href=/samverkan>Samverkan</a>"),
    "/samverkan": Answer(b"", 301, (("Location", "/kommun/samverkan"), *HTML)),
    "/kommun/samverkan": Answer(gzip.compress(b"<p>Ale kommun samverkar med Lerums kommun</p>" * 200, mtime=0), headers=GZIP),
    "/natverk?a=1&b=2": Answer(
        "<p>Nätverk".encode("latin-1"), headers=(("Content-Type", "text/html; charset=iso-8859-1"), ("X-A", "N\xe4t"))
    ),
    "/s%C3%B6k": Answer(b"<p>S\xc3\xb6k"),
    "/tom": Answer(b""),
    "/borta": Answer(b"<p>Sidan finns inte", 404),
    "/stangt": Answer(b"<p>Strax tillbaka", 503, (("Retry-After", "60"), *HTML)),
}
UNCHANGED = ("/kommun/samverkan", "/natverk?a=1&b=2")
REPEATED = ("/robots.txt", "/borta")
NEW = {"/nytt": Answer(b"<p>Nytt avtal"), "/nytt-igen": Answer(b"<p>Nytt avtal")}


def write_samples(folder: Path) -> None:
    """All these files."""
    folder.mkdir(parents=True, exist_ok=True)
    originals = write_first_run(folder)
    write_second_run(folder, originals)
    (folder / "truth.warc.gz").write_bytes(b"".join(make_truth(path, answer) for path, answer in (FIRST | NEW).items()))
    whole = bytearray((folder / "1.wacz").read_bytes())
    place = originals["/kommun/samverkan"].place
    assert place
    whole[place.offset + place.length - 60] ^= 0x01
    (folder / "broken.wacz").write_bytes(whole)
    (folder / "dropped.wacz").write_bytes((folder / "1.wacz").read_bytes())
    drop_records(folder / "dropped.wacz", [place])
    left = {path: answer for path, answer in FIRST.items() if path != "/kommun/samverkan"}
    (folder / "left.warc.gz").write_bytes(b"".join(make_truth(path, answer) for path, answer in left.items()))


def write_first_run(folder: Path) -> dict[str, Original]:
    """Packs `1.wacz`; each answer as a revisit may refer to it, with its place in there."""
    with WarcWriter(folder / "1.warc.gz", run_id="1", software="samverkan") as writer:
        places = {
            path: write_exchange(writer, ROOT + path, answer.body, status=answer.status, headers=answer.headers)
            for path, answer in FIRST.items()
        }
    start = pack(folder, "1")
    return {
        path: Original(ROOT + path, NOON, payload_digest(FIRST[path].body), ArchivePlace("1.wacz", place.offset + start, place.length))
        for path, place in places.items()
    }


def write_second_run(folder: Path, originals: dict[str, Original]) -> None:
    """Packs `2.wacz`: pages that a 304 confirms, the same bytes sent again, new ones, of which two are the same."""
    later = NOON + timedelta(days=7)
    with WarcWriter(folder / "2.warc.gz", run_id="2", software="samverkan") as writer:
        for path in UNCHANGED:
            write_exchange(writer, ROOT + path, b"", status=304, headers=GZIP[-1:], fetched_at=later, original=originals[path])
        for path in REPEATED:
            body, status, headers = FIRST[path]
            write_exchange(writer, ROOT + path, body, status=status, headers=headers, fetched_at=later, original=originals[path])
        (path, page), (other, _) = NEW.items()
        place = write_exchange(writer, ROOT + path, page.body, fetched_at=later)
        original = Original(ROOT + path, later, payload_digest(page.body), place)
        write_exchange(writer, ROOT + other, page.body, fetched_at=later + timedelta(seconds=1), original=original)
    pack(folder, "2")


def pack(folder: Path, name: str) -> int:
    """Packs a WARC, which then goes; the byte of the WACZ at which it lies."""
    warc = folder / f"{name}.warc.gz"
    offsets = pack_wacz([warc], folder / f"{name}.wacz", title=name, created=NOON, software="samverkan")
    warc.unlink()
    return offsets[warc.name]


def make_truth(path: str, answer: Answer) -> bytes:
    """A response record as warcio writes it."""
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", *(f"{name}: {value}" for name, value in answer.headers)]
    return make_record("response", ROOT + path, "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body)


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]))
