"""Records go out of archives: nothing of them is left, and the others are found where they were."""

import gzip
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.dropping import drop_records, find_dropped
from archive.framing import make_gap, payload_digest
from archive.reader import read_record
from archive.records import Record
from archive.recovery import recover_warc
from archive.wacz import pack_wacz
from archive.writer import WarcWriter
from schemas.errors import UsageError
from schemas.page import ArchivePlace, Original
from tests.archive.samples import NOON, read_all, unzip_place, write_exchange

ROOT = "https://ale.se"
BODIES = {f"{ROOT}/{name}": f"<p>{name}</p>".encode() * (1 if name != "lang" else 40_000) for name in ("ett", "hemligt", "lang", "fyra")}
LATER = NOON + timedelta(days=7)


def write_warc(folder: Path) -> dict[str, ArchivePlace]:
    """Four pages; where each lies."""
    with WarcWriter(folder / "1.warc.gz", run_id="1", software="samverkan") as writer:
        return {url: write_exchange(writer, url, body) for url, body in BODIES.items()}


def write_archives(folder: Path) -> dict[str, ArchivePlace]:
    """`1.wacz` with the pages, `2.wacz` with a revisit of two of them; where each page lies."""
    places = write_warc(folder)
    start = pack(folder, "1")
    places = {url: ArchivePlace("1.wacz", place.offset + start, place.length) for url, place in places.items()}
    with WarcWriter(folder / "2.warc.gz", run_id="2", software="samverkan") as writer:
        for url in (f"{ROOT}/hemligt", f"{ROOT}/fyra"):
            original = Original(url, NOON, payload_digest(BODIES[url]), places[url])
            write_exchange(writer, url, b"", status=304, fetched_at=LATER, original=original)
    pack(folder, "2")
    return places


def pack(folder: Path, name: str) -> int:
    warc = folder / f"{name}.warc.gz"
    offsets = pack_wacz([warc], folder / f"{name}.wacz", title=f"samverkan {name}", created=NOON, software="samverkan")
    warc.unlink()
    return offsets[warc.name]


def is_secret(archive: Path, record: Record) -> bool:
    return b"hemligt" in (record.block or b"")


def drop_secrets(*archives: Path) -> None:
    for archive, places in find_dropped(archives, is_secret).items():
        drop_records(archive, places)


@pytest.mark.parametrize("length", [400, 401, 5000, 70_000, 3_000_000])
def test_a_gap_is_a_record_of_the_length_that_is_wanted(length: int) -> None:
    gap = make_gap(length, NOON)
    assert len(gap) == length
    assert b"removed:" in gzip.decompress(gap)


def test_no_gap_is_too_small_for_itself() -> None:
    with pytest.raises(ValueError, match="too few"):
        make_gap(100, NOON)


def test_what_is_left_lies_where_it_was(tmp_path: Path) -> None:
    places = write_archives(tmp_path)
    kept = {url: unzip_place(place, tmp_path) for url, place in places.items() if "hemligt" not in url}
    drop_secrets(tmp_path / "1.wacz", tmp_path / "2.wacz")
    assert {url: unzip_place(places[url], tmp_path) for url in kept} == kept
    assert [page.url for page in read_all(tmp_path / "1.wacz")[0]] == [*kept]
    with pytest.raises(UsageError, match="No response lies"):
        read_record(places[f"{ROOT}/hemligt"], tmp_path)


def test_a_revisit_goes_with_what_it_repeats_and_a_request_with_its_answer(tmp_path: Path) -> None:
    write_archives(tmp_path)
    drop_secrets(tmp_path / "1.wacz", tmp_path / "2.wacz")
    pages, issues = read_all(tmp_path / "2.wacz")
    assert [page.url for page in pages] == [f"{ROOT}/fyra"]
    assert issues == []
    for archive in ("1.wacz", "2.wacz"):
        assert b"hemligt" not in unpack(tmp_path / archive)


def test_a_long_record_can_go(tmp_path: Path) -> None:
    write_archives(tmp_path)
    archive = tmp_path / "1.wacz"
    found = find_dropped([archive], lambda _, record: len(record.block or b"") > 100_000)
    drop_records(archive, found[archive])
    assert [page.url for page in read_all(archive)[0]] == [url for url in BODIES if "lang" not in url]


def test_other_tools_read_on_after_a_gap(tmp_path: Path) -> None:
    places = write_warc(tmp_path)
    warc = tmp_path / "1.warc.gz"
    drop_records(warc, [places[f"{ROOT}/lang"]])
    with warc.open("rb") as file:
        kinds = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)]
    assert ("metadata", None) in kinds
    assert kinds[-2:] == [("response", f"{ROOT}/fyra"), ("request", f"{ROOT}/fyra")]


def test_the_wacz_lists_what_is_left(tmp_path: Path) -> None:
    write_archives(tmp_path)
    before = zipfile.ZipFile(tmp_path / "1.wacz").namelist()
    drop_secrets(tmp_path / "1.wacz", tmp_path / "2.wacz")
    with zipfile.ZipFile(tmp_path / "1.wacz") as wacz:
        assert wacz.testzip() is None
        assert wacz.namelist() == before
        assert b"hemligt" not in wacz.read("pages/pages.jsonl") + gzip.decompress(wacz.read("indexes/index.cdx.gz"))
    assert list(tmp_path.glob(".*")) == []


def test_a_crawl_that_is_resumed_asks_again_for_what_was_dropped(tmp_path: Path) -> None:
    write_warc(tmp_path)
    warc = tmp_path / "1.warc.gz"
    drop_secrets(warc)
    assert [exchange.url for exchange in recover_warc(warc)] == [url for url in BODIES if "hemligt" not in url]


def test_where_nothing_is_unwanted_nothing_is_dropped(tmp_path: Path) -> None:
    write_archives(tmp_path)
    assert find_dropped([tmp_path / "1.wacz", tmp_path / "2.wacz"], lambda *_: False) == {}


def unpack(archive: Path) -> bytes:
    """All that an archive says, unzipped."""
    with zipfile.ZipFile(archive) as wacz:
        files = {name: wacz.read(name) for name in wacz.namelist()}
    return b"".join(gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items())
