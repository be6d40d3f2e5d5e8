import contextlib
import gzip
import random
import zipfile
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reader import read_archive
from archive.streams import CHUNK
from schemas.errors import UsageError
from tests.archive.samples import HTML, make_record, make_response, read_all, write_pages

URLS = [f"https://ale.se/{number}" for number in range(6)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.warc.gz"
    write_pages(path, [(url, url.encode() * 20) for url in URLS])
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "plain.warc"
    path.write_bytes(b"".join(make_response(url, url.encode() * 20, zipped=False) for url in URLS))
    return path


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_of_a_cut_archive_every_whole_record_is_read(
    whole: Path, plain: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from([whole, plain]))
    content = source.read_bytes()
    cut_at = data.draw(st.integers(600, len(content)))  # beyond the head of the first record: before it, it is no WARC
    path = tmp_path_factory.mktemp("cut") / "cut"
    path.write_bytes(content[:cut_at])
    pages, issues = read_all(path)
    places = [(page, page.archived) for page in read_all(source)[0] if page.archived]
    expected = [page for page, place in places if place.offset + place.length <= cut_at]
    is_cut_within = any(place.offset < cut_at < place.offset + place.length for _, place in places)
    assert [(page.url, page.body) for page in pages] == [(page.url, page.body) for page in expected]
    assert {issue.code for issue in issues} <= {"archive_truncated"}
    assert int(is_cut_within) <= len(issues) <= 1  # the cut may also hit a request, or the seam of two records


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_garbage_costs_only_the_records_it_hits(
    whole: Path, plain: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from([whole, plain]))
    content = bytearray(source.read_bytes())
    pages = read_all(source)[0]
    hit = data.draw(st.sampled_from(pages[1:-1]))
    assert hit.archived
    content[hit.archived.offset : hit.archived.offset + hit.archived.length] = data.draw(st.randoms()).randbytes(hit.archived.length)
    path = tmp_path_factory.mktemp("bad") / "bad"
    path.write_bytes(content)
    read, issues = read_all(path)
    assert [page.url for page in read] == [page.url for page in pages if page is not hit]
    assert "archive_truncated" in {issue.code for issue in issues}


def test_the_issue_tells_file_byte_and_count(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    places = [page.archived for page in read_all(whole)[0] if page.archived]
    path.write_bytes(whole.read_bytes()[: places[2].offset + 40])
    _, [issue] = read_all(path)
    assert issue.severity == "error"
    assert issue.value == "cut.warc.gz"
    assert f"at byte {places[2].offset}:" in issue.message
    assert "before it: 5" in issue.message  # warcinfo, two exchanges


@pytest.mark.parametrize("flip", [0.3, 0.6, 0.95])
def test_a_wrong_checksum_or_byte_is_damage(whole: Path, tmp_path: Path, flip: float) -> None:
    content = bytearray(whole.read_bytes())
    place = read_all(whole)[0][3].archived
    assert place
    content[place.offset + int(place.length * flip)] ^= 0x5A
    path = tmp_path / "bad.warc.gz"
    path.write_bytes(content)
    pages, issues = read_all(path)
    assert [page.url for page in pages] == URLS[:3] + URLS[4:]
    assert [issue.code for issue in issues] == ["archive_truncated"]


@pytest.mark.parametrize("flip", [0.1, 0.6, 0.95])
def test_a_record_whose_body_came_compressed_is_damaged_as_a_whole(tmp_path: Path, flip: float) -> None:
    path = tmp_path / "a.warc.gz"
    body = brotli.compress(random.Random(1).randbytes(100_000))
    places = write_pages(path, [(url, body) for url in URLS], headers=(*HTML, ("Content-Encoding", "br")))
    content = bytearray(path.read_bytes())
    content[places[3].offset + int(places[3].length * flip)] ^= 0x5A
    path.write_bytes(content)
    pages, issues = read_all(path)
    assert [page.url for page in pages] == URLS[:3] + URLS[4:]
    assert [issue.code for issue in issues] == ["archive_truncated"]


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("zeros", bytes(5000)),
        ("text", b"Service unavailable"),
        ("gzip of something else", gzip.compress(b"hello")),
        ("half a magic", b"\x1f"),
    ],
)
def test_a_tail_that_is_no_record_is_told(whole: Path, tmp_path: Path, name: str, tail: bytes) -> None:
    path = tmp_path / "tail.warc.gz"
    path.write_bytes(whole.read_bytes() + tail)
    pages, issues = read_all(path)
    assert len(pages) == len(URLS)
    assert [issue.code for issue in issues] == ["archive_truncated"]


def test_a_damaged_beginning_is_stepped_over(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "head.warc.gz"
    path.write_bytes(b"\0" * 200 + whole.read_bytes()[200:])
    pages, issues = read_all(path)
    assert [page.url for page in pages] == URLS
    assert "at byte 0:" in issues[0].message


@pytest.mark.parametrize("length", ["x", "-5", "9" * 5000, ""])
def test_a_record_of_no_stated_length_is_damage(tmp_path: Path, length: str) -> None:
    record = make_response(URLS[0], b"x", zipped=False)
    head, _, rest = record.partition(b"Content-Length: ")
    path = tmp_path / "a.warc"
    path.write_bytes(
        head + b"Content-Length: " + length.encode() + b"\r\n" + rest.split(b"\r\n", 1)[1] + make_response(URLS[1], b"y", zipped=False)
    )
    pages, issues = read_all(path)
    assert [page.url for page in pages] == [URLS[1]]
    assert [issue.code for issue in issues] == ["archive_truncated"]


def test_an_endless_head_is_damage_not_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    endless = gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nX: " + b"a" * 30_000_000)
    path.write_bytes(endless + make_response(URLS[0], b"x"))
    pages, issues = read_all(path)
    assert [page.url for page in pages] == [URLS[0]]
    assert "has no end" in issues[0].message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><title>WARC/1.1</title>" * 3000, "is no WARC"),
        (gzip.compress(b"a,b\n1,2\n" * 1000), "is no WARC"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500, "is no WARC"),
        (b"PK\x05\x06" + bytes(18), "is a zip file without a WARC"),
        (b"PK\x03\x04" + bytes(400), "is no WARC"),
        (b"\x1f\x8b\x08\x00", "is no WARC"),
    ],
)
def test_what_is_no_archive_is_refused_at_once_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words) as caught:
        read_archive(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no archive"):
        read_archive(tmp_path / "none.warc")
    with pytest.raises(UsageError, match="a folder"):
        read_archive(tmp_path)


def test_an_archive_without_responses_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(make_record("warcinfo", "", b"software: x\r\n") + make_record("metadata", URLS[0], b"a: b\r\n"))
    assert read_all(path) == ([], [])


@pytest.mark.parametrize("shift", range(-9, 3))
def test_a_record_is_found_again_across_the_blocks_in_which_it_is_sought(tmp_path: Path, shift: int) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(bytes(CHUNK + shift) + make_response(URLS[0], b"x", zipped=False))
    pages, issues = read_all(path)
    assert [page.url for page in pages] == URLS[:1]
    assert len(issues) == 1


def test_a_version_that_nobody_defined_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    strange = make_response(URLS[0], b"x", zipped=False).replace(b"WARC/1.0", b"WARC/0.5")
    path.write_bytes(strange + make_response(URLS[1], b"y", zipped=False))
    pages, issues = read_all(path)
    assert [page.url for page in pages] == URLS[1:2]
    assert len(issues) == 1


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_is_broken_only_a_refusal_is_raised(
    whole: Path, plain: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = folder / "a.wacz"
    with zipfile.ZipFile(
        path, "w", data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))
    ) as wacz:
        wacz.write(whole, "archive/a.warc.gz")
        wacz.write(plain, "archive/b.warc")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1) | st.integers(max(0, len(content) - 300), len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with contextlib.suppress(UsageError):
        read_all(path)
