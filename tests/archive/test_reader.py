import gzip
import os
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd

from archive.instants import read_warc_date
from archive.messages import read_response
from archive.reader import read_archive, read_exchange, read_record
from schemas.errors import UsageError
from schemas.facts import Issue
from schemas.page import ArchivePlace, Page
from tests.archive.samples import NOON, list_open_files, make_record, make_response, read_all, unzip_place, write_pages

URL = "https://www.ale.se/a"


def save(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(records))
    return path


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "no suffix"])
@pytest.mark.parametrize("zipped", [True, False])
def test_form_is_told_by_content(tmp_path: Path, name: str, zipped: bool) -> None:
    records = [make_response(f"{URL}{n}", b"<p>x</p>", zipped=zipped) for n in range(3)]
    path = save(tmp_path / name, *records)
    pages, issues = read_all(path)
    assert [page.url for page in pages] == [f"{URL}{n}" for n in range(3)]
    assert not issues
    for page in pages:
        assert page.archived
        assert read_record(page.archived, tmp_path) == page
        assert unzip_place(page.archived, tmp_path).startswith(b"WARC/1.0\r\n")


def test_plain_and_zipped_records_in_one_file(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a", make_response(f"{URL}1", b"x"), make_response(f"{URL}2", b"y", zipped=False), make_response(f"{URL}3", b"z")
    )
    pages, issues = read_all(path)
    assert [page.body for page in pages] == [b"x", b"y", b"z"]
    assert not issues


def test_a_warc_gzipped_as_a_whole_is_read_without_places(tmp_path: Path) -> None:
    records = b"".join(make_response(f"{URL}{n}", b"x", zipped=False) for n in range(3))
    pages, issues = read_all(save(tmp_path / "a.warc.gz", gzip.compress(records)))
    assert [page.url for page in pages] == [f"{URL}{n}" for n in range(3)]
    assert {page.archived for page in pages} == {None}
    assert not issues


def test_only_responses_of_the_web_are_pages(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.warc.gz",
        make_record("warcinfo", "", b"software: x\r\n"),
        make_record("request", URL, b"GET /a HTTP/1.1\r\nHost: ale.se\r\n\r\n"),
        make_record("response", "dns:ale.se", b"20261121120000\r\nale.se. 300 IN A 192.0.2.1\r\n"),
        make_record("resource", URL, b"<p>kept as a file</p>"),
        make_record("metadata", URL, b"fetchTimeMs: 12\r\n"),
        make_record("conversion", URL, b"text"),
        make_record("response", "HTTPS://ale.se/b", b"HTTP/2 503 \r\nContent-Type: image/png\r\n\r\n\x89PNG"),
    )
    [page], issues = read_all(path)
    assert (page.url, page.status, page.content_type, page.body) == ("HTTPS://ale.se/b", 503, "image/png", b"\x89PNG")
    assert not issues


def test_url_in_angle_brackets_as_old_wget_wrote_it(tmp_path: Path) -> None:
    plain = make_response(URL, b"x", zipped=False).replace(URL.encode(), f"<{URL}>".encode())
    assert read_all(save(tmp_path / "a.warc", plain))[0][0].url == URL


def chunk(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


BODY = "<p>Tolkförmedling Väst, 41 kommuner</p>".encode() * 30
RAW_DEFLATE = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("GZIP", gzip.compress(BODY) + b"rubbish"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", RAW_DEFLATE.compress(BODY) + RAW_DEFLATE.flush()),
        ("br", brotli.compress(BODY)),
        ("zstd", zstd.compress(BODY)),
        ("zstd", zstd.compress(BODY[:100]) + zstd.compress(BODY[100:])),
        ("gzip, br", brotli.compress(gzip.compress(BODY))),
        ("identity", BODY),
        ("utf-8", BODY),
        ("gzip", BODY),
        ("br", BODY),
        ("", BODY),
    ],
)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_codings_are_undone(tmp_path: Path, coding: str, body: bytes, is_chunked: bool) -> None:
    head = f"Content-Type: text/html\r\nContent-Encoding: {coding}\r\n".encode()
    if is_chunked:
        head, body = head + b"Transfer-Encoding: chunked\r\n", chunk(body, 50)
    [page], issues = read_all(save(tmp_path / "a.warc.gz", make_response(URL, body, head)))
    assert page.body == BODY
    assert page.header("content-encoding") == coding
    assert not issues


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)[:-30]),
        ("gzip", b"\x00\x01\x02 not gzip"),
        ("deflate", b"\xff\xff\xff"),
        ("br", brotli.compress(BODY)[:-5]),
        ("zstd", zstd.compress(BODY)[:-5]),
        ("zstd", b"\x00\x01"),
        ("compress", b"\x1f\x9d\x90"),
    ],
)
def test_what_cannot_be_decoded_is_an_issue(tmp_path: Path, coding: str, body: bytes) -> None:
    path = save(
        tmp_path / "a.warc.gz", make_response(URL, body, f"Content-Encoding: {coding}\r\n".encode()), make_response(f"{URL}2", b"x")
    )
    [page], [issue] = read_all(path)
    assert page.url == f"{URL}2"
    assert (issue.code, issue.severity, issue.value) == ("page_unreadable", "error", URL)


@pytest.mark.parametrize("body", [b"<p>Vi \xc3\xa4r 49</p>", b"", b"5\nfem kommuner", b"ff\r\nHej" + b"x" * 300])
def test_chunked_header_over_joined_chunks(tmp_path: Path, body: bytes) -> None:
    [page], _ = read_all(save(tmp_path / "a.warc.gz", make_response(URL, body, b"Transfer-Encoding: chunked\r\n")))
    assert page.body == body


@pytest.mark.parametrize("block", [b"<p>no head</p>", b"", b"HTTP/1.1 OK\r\n\r\nx", b"SSH-2.0"])
def test_a_response_that_is_no_http_is_an_issue(tmp_path: Path, block: bytes) -> None:
    record = make_response(URL, b"x", zipped=False)
    head = record[: record.index(b"\r\n\r\n")]
    length = head.index(b"Content-Length")
    head = head[:length] + f"Content-Length: {len(block)}".encode()
    pages, [issue] = read_all(save(tmp_path / "a.warc", head + b"\r\n\r\n" + block + b"\r\n\r\n"))
    assert not pages
    assert issue.code == "page_unreadable"


def test_a_page_cut_by_its_crawler_comes_with_a_warning(tmp_path: Path) -> None:
    [page], [issue] = read_all(save(tmp_path / "a.warc.gz", make_response(URL, b"<p>half", details={"WARC-Truncated": "length"})))
    assert page.body == b"<p>half"
    assert (issue.code, issue.severity, issue.value) == ("page_truncated", "warning", URL)


def test_a_large_body_is_named_and_never_held(tmp_path: Path) -> None:
    path = save(tmp_path / "a.warc.gz", make_response(URL, bytes(50_000_000)), make_response(f"{URL}2", b"x"))
    tracemalloc.start()
    pages, [issue] = read_all(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [page.url for page in pages] == [f"{URL}2"]
    assert (issue.code, issue.value) == ("page_too_large", URL)
    assert URL in issue.message
    assert "50000" in issue.message
    assert peak < 2_000_000


@pytest.mark.parametrize("size", [999, 1000, 1001])
def test_the_limit_counts_bytes_of_the_body(tmp_path: Path, size: int) -> None:
    pages, issues = read_all(save(tmp_path / "a.warc.gz", make_response(URL, bytes(size))), max_body=1000)
    assert len(pages) == (size <= 1000)
    assert len(issues) == (size > 1000)


@pytest.mark.parametrize(
    ("coding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_a_decompression_bomb_is_bounded(tmp_path: Path, coding: str, compress: type[bytes]) -> None:
    path = save(tmp_path / "a.warc.gz", make_response(URL, compress(bytes(60_000_000)), f"Content-Encoding: {coding}\r\n".encode()))
    tracemalloc.start()
    pages, [issue] = read_all(path, max_body=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not pages
    assert issue.code == "page_too_large"
    assert peak < 12_000_000


def test_memory_stays_flat(tmp_path: Path) -> None:
    small, large = tmp_path / "small.warc.gz", tmp_path / "large.warc.gz"
    write_pages(small, [(f"{URL}{n}", os.urandom(20_000)) for n in range(20)])
    write_pages(large, [(f"{URL}{n}", os.urandom(20_000)) for n in range(400)])
    assert measure_peak(large) < measure_peak(small) + 500_000


def measure_peak(path: Path) -> int:
    tracemalloc.start()
    for _ in read_archive(path):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_no_file_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    places = write_pages(path, [(f"{URL}{n}", b"x") for n in range(3)])
    before = list_open_files()
    stopped = read_archive(path)
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    list(read_archive(path))
    read_record(places[0], tmp_path)
    assert list_open_files() == before


def test_places_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    [place] = write_pages(tmp_path / "a.warc.gz", [(URL, b"x")])
    wrong = [
        ArchivePlace("a.warc.gz", place.offset + 1, place.length),
        ArchivePlace("a.warc.gz", place.offset, place.length - 1),
        ArchivePlace("a.warc.gz", 0, place.offset),
        ArchivePlace("none.warc.gz", 0, 10),
    ]
    for place in wrong:
        with pytest.raises(UsageError):
            read_record(place, tmp_path)
        with pytest.raises(UsageError):
            read_exchange(place, tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21T12:00:00Z", datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("2026-11-21T12:00:00.25Z", NOON),
        ("2026-11-21T12:00:00.250000000Z", NOON),
        ("2026-11-21T13:00:00+01:00", datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("2026-11-21T12:00:00", datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+10:00", None),
        (None, None),
    ],
)
def test_warc_dates(text: str | None, expected: datetime | None) -> None:
    assert read_warc_date(text) == expected


def test_a_folded_header_is_one_value() -> None:
    response = read_response(b"HTTP/1.1 200 OK\r\nX-A: one\r\n\ttwo\r\nX-B: three\n\nbody\r\n\r\n")
    assert response == (200, (("X-A", "one two"), ("X-B", "three")), b"body\r\n\r\n")


def test_a_stream_yields_pages_before_it_has_read_all(tmp_path: Path) -> None:
    path = save(tmp_path / "a.warc.gz", make_response(URL, b"x"), b"garbage")
    stream = read_archive(path)
    assert isinstance(next(stream), Page)
    assert isinstance(next(stream), Issue)
    assert list(stream) == []


def test_reading_writes_nothing_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    spaced = make_response(URL, b"x", zipped=False).replace(b"ale.se/a", b"ale.se/a b")
    pages, issues = read_all(save(tmp_path / "a.warc", spaced, make_response(URL, b"y")[:-10]))
    assert [page.url for page in pages] == [f"{URL}%20b"]
    assert len(issues) == 1
    assert capfd.readouterr() == ("", "")
