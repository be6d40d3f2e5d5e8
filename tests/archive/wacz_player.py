"""Looks every capture of some archives up in their own indexes, reads it with warcio and replays it with pywb: tools of others' making.

    python wacz_player.py TRUTH.warc.gz RUN.wacz...

runs in `.venv-wacz` (`.ci/wacz` makes it) and imports nothing of this project. TRUTH holds the answers as they were sent. Ends
with 1 where one of them comes back otherwise.
"""

import gzip
import json
import os
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from pywb.apps.frontendapp import FrontEndApp  # type: ignore[import-not-found]
from warcio.archiveiterator import ArchiveIterator
from werkzeug.test import Client  # type: ignore[import-not-found]

Answer = tuple[str, bytes]
"""HTTP status, and the body as sent."""


class Capture(NamedTuple):
    """A line of an index: what a player looks up, and where the record lies."""

    key: str
    when: str
    url: str
    is_revisit: bool
    status: str
    file: str
    offset: int


def unpack_archives(paths: Sequence[Path], collection: Path) -> list[Capture]:
    """Makes a collection of pywb of the archives and their own index lines."""
    lines: list[str] = []
    for path in paths:
        with zipfile.ZipFile(path) as wacz:
            wacz.extractall(collection, [name for name in wacz.namelist() if name.startswith("archive/")])
            lines += gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
    (collection / "indexes").mkdir()
    (collection / "indexes" / "index.cdxj").write_text("".join(f"{line}\n" for line in sorted(lines, key=str.encode)), encoding="utf-8")
    return [read_index_line(line) for line in lines]


def read_index_line(line: str) -> Capture:
    """The capture that `se,ale)/ 20261121120000 {...}` tells."""
    key, when, entry = line.split(" ", 2)
    fields = json.loads(entry)
    return Capture(
        key, when, fields["url"], fields.get("mime") == "warc/revisit", str(fields["status"]), fields["filename"], fields["offset"]
    )


def read_answers(path: Path, offset: int = 0) -> list[tuple[str, Answer]]:
    """URL and answer of the record at that byte, or of every response from the beginning; an error where a digest is wrong."""
    answers = []
    with path.open("rb") as file:
        file.seek(offset)
        for record in ArchiveIterator(file, check_digests="raise"):
            if record.rec_type in ("response", "revisit"):
                answer = record.http_headers.get_statuscode(), record.raw_stream.read()
                answers.append((record.rec_headers.get_header("WARC-Target-URI"), answer))
            if offset:
                break
    return answers


def replay(client: Client, capture: Capture) -> Answer:
    """The capture as pywb gives it when asked for the bytes themselves ("id_")."""
    with client.get(f"/runs/{capture.when}id_/{capture.url}", headers={"Accept-Encoding": "gzip, br, zstd"}) as answer:
        return str(answer.status_code), answer.get_data()


def recall_answer(capture: Capture, truth: dict[str, Answer]) -> Answer:
    """What the web sent then: of an unchanged page the 304, which pywb shows as it is."""
    return ("304", b"") if capture.is_revisit and capture.status == "304" else truth[capture.url]


def find_faults(captures: Sequence[Capture], truth: dict[str, Answer], collection: Path) -> list[str]:
    """A line for each capture that is not what the web sent."""
    alike: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for capture in captures:  # to a player http and https, with www and without, are one address
        alike[capture.key, capture.when].append(recall_answer(capture, truth))
    client = Client(FrontEndApp(custom_config={"collections": {}}))
    faults = []
    for capture in captures:
        status, body = recall_answer(capture, truth)
        expected = [(capture.url, (status, b"" if capture.is_revisit else body))]
        if read_answers(collection / "archive" / capture.file, capture.offset) != expected:
            faults.append(f"{capture.url}: another record lies at byte {capture.offset} of {capture.file}")
        if replay(client, capture) not in alike[capture.key, capture.when]:
            faults.append(f"{capture.url} of {capture.when}: the player shows something else")
    return faults


def main(truth: str, *archives: str) -> int:
    """0 where every capture is found, 1 where one is not."""
    answers = dict(read_answers(Path(truth)))
    paths = [Path(archive).absolute() for archive in archives]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # pywb looks for its collections there
        collection = Path("collections", "runs")
        captures = unpack_archives(paths, collection)
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):  # pywb tells of each request
            faults = find_faults(captures, answers, collection)
    print("\n".join([*faults, f"{len(captures)} captures, {len(faults)} faults"]))  # noqa: T201
    return int(bool(faults) or not captures)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
