import gzip
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request

from archive.framing import name_record_url, payload_digest
from archive.recovery import Exchange, read_run_id, recover_warc
from archive.writer import WarcWriter
from schemas.errors import OutputUnwritable
from schemas.page import Original
from tests.archive.samples import HTML, NOON, make_record, make_response, read_all, write_exchange

URL = "https://www.ale.se/"


def write_crawl(path: Path) -> list[Exchange]:
    """Pages, a redirect, an error and revisits of both kinds; what `recover_warc` should find of them."""
    with WarcWriter(path, run_id="r", software="s") as writer:
        page = write_exchange(writer, URL, gzip.compress(os.urandom(300)), headers=(*HTML, ("Content-Encoding", "gzip")))
        original = Original(URL, NOON, payload_digest(b"x"), page)
        later = NOON + timedelta(milliseconds=1)
        return [
            Exchange("GET", URL, 200, page, NOON),
            Exchange("GET", f"{URL}a", 301, write_exchange(writer, f"{URL}a", b"", status=301, fetched_at=later), later),
            Exchange("GET", f"{URL}b", 304, write_exchange(writer, f"{URL}b", b"", status=304, original=original), NOON),
            Exchange("GET", f"{URL}c", 200, write_exchange(writer, f"{URL}c", b"x", original=original), NOON),
            Exchange("GET", f"{URL}d", 503, write_exchange(writer, f"{URL}d", b"<p>Strax", status=503), NOON),
        ]


def test_a_whole_warc_is_given_in_order_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    exchanges = write_crawl(path)
    before = path.read_bytes()
    assert recover_warc(path) == exchanges
    assert path.read_bytes() == before


def test_cut_at_any_byte_of_its_last_exchanges_it_ends_with_the_last_that_is_whole(tmp_path: Path) -> None:
    path, cut = tmp_path / "a.warc.gz", tmp_path / "cut" / "a.warc.gz"
    cut.parent.mkdir()
    exchanges = write_crawl(path)
    content = path.read_bytes()
    ends = [exchange.place.offset for exchange in exchanges[1:]] + [len(content)]
    for size in range(exchanges[-2].place.offset, len(content)):
        cut.write_bytes(content[:size])
        whole = [exchange for exchange, end in zip(exchanges, ends, strict=True) if end <= size]
        assert recover_warc(cut) == whole, size
        assert cut.read_bytes() == content[: ends[len(whole) - 1]], size


def test_cut_at_any_byte_it_goes_on_as_if_nothing_had_been_torn(tmp_path: Path) -> None:
    path, cut = tmp_path / "a.warc.gz", tmp_path / "cut" / "a.warc.gz"
    cut.parent.mkdir()
    exchanges = write_crawl(path)
    content = path.read_bytes()
    for size in range(0, len(content), 41):
        cut.write_bytes(content[:size])
        whole = recover_warc(cut)
        with WarcWriter(cut, run_id="r", software="s", is_resumed=True) as writer:
            place = write_exchange(writer, f"{URL}next")
        assert recover_warc(cut) == [*whole, Exchange("GET", f"{URL}next", 200, place, NOON)]
        assert whole == exchanges[: len(whole)]
        assert gzip.decompress(cut.read_bytes()).count(b"WARC-Type: warcinfo") == 1
        assert "archive_truncated" not in {issue.code for issue in read_all(cut)[1]}


@pytest.mark.parametrize(
    "garbage",
    [
        b"\0",
        bytes(100_000),
        b"\r\n\r\n",
        b"\x1f\x8b\x08",
        gzip.compress(b"rubbish"),
        make_response(URL, b"x"),
        make_response(URL, b"x", zipped=False),
        make_record("warcinfo", "", b"software: s\r\n"),
        make_record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),
        make_response(URL, b"x") + make_record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),  # of another exchange
        make_response(URL, b"x")[:60] + b"\0" * 500,
    ],
)
def test_what_stands_after_the_last_exchange_is_cut_off(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    exchanges = write_crawl(path)
    content = path.read_bytes()
    path.write_bytes(content + garbage)
    assert recover_warc(path) == exchanges
    assert path.read_bytes() == content


def test_what_follows_damage_is_not_trusted(tmp_path: Path) -> None:
    path, fake = tmp_path / "a.warc.gz", tmp_path / "fake.warc.gz"
    with WarcWriter(fake, run_id="r", software="s") as writer:
        write_exchange(writer, "https://lerum.se/", b"<p>false")
    with WarcWriter(path, run_id="r", software="s") as writer:
        first = write_exchange(writer, URL)
        second = write_exchange(writer, f"{URL}fake.warc.gz", fake.read_bytes(), headers=(("Content-Encoding", "x"),))
    content = path.read_bytes()
    assert fake.read_bytes() in content
    path.write_bytes(content[: second.offset + second.length - 8])
    assert recover_warc(path) == [Exchange("GET", URL, 200, first, NOON)]
    assert path.read_bytes() == content[: second.offset]


def test_without_an_exchange_only_the_warcinfo_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcWriter(path, run_id="r", software="s") as writer:
        head = path.stat().st_size
        write_exchange(writer, URL)
    content = path.read_bytes()
    for size, left in ((head + 30, head), (head, head), (head - 1, 0), (5, 0), (0, 0)):
        path.write_bytes(content[:size])
        assert recover_warc(path) == []
        assert path.read_bytes() == content[:left]


def test_a_crawl_that_wrote_nothing_has_nothing_to_recover(tmp_path: Path) -> None:
    assert recover_warc(tmp_path / "none.warc.gz") == []
    assert not list(tmp_path.iterdir())


def test_a_warc_tells_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcWriter(path, run_id="20261121T040000Z", software="s") as writer:
        first = path.stat().st_size
        write_exchange(writer, URL)
    assert read_run_id(path) == "20261121T040000Z"
    for cut in reversed(range(first)):
        os.truncate(path, cut)
        assert read_run_id(path) is None


@pytest.mark.parametrize("content", [b"x" * 5000, gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n")])
def test_what_begins_as_none_of_ours_is_nobodys(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    assert read_run_id(tmp_path / "a.warc.gz") == ""


def test_what_cannot_be_opened_is_output_unwritable(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="cannot be resumed"):
        recover_warc(tmp_path)


def test_no_body_is_held(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcWriter(path, run_id="r", software="s") as writer:
        places = [write_exchange(writer, f"{URL}{number}", bytes(25_000_000)) for number in range(2)]
    tracemalloc.start()
    exchanges = recover_warc(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [exchange.place for exchange in exchanges] == places
    assert peak < 3_000_000


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_an_exchange_is_found_by_its_url(tmp_path_factory: pytest.TempPathFactory, tail: str) -> None:
    path = tmp_path_factory.mktemp("a") / "a.warc.gz"
    url = f"{URL}{tail}"
    with WarcWriter(path, run_id="r", software="s") as writer:
        place = write_exchange(writer, url)
    assert recover_warc(path) == [Exchange("GET", name_record_url(url), 200, place, NOON)]
    assert name_record_url(name_record_url(url)) == name_record_url(url)


@pytest.mark.parametrize("tail", ["nätverk/åäö.html", "a b", "s%C3%B6k?q=å ä&b=#del", "?", " x ", "a\tb\nc", "€"])
def test_the_url_of_a_scrapy_request_is_its_own_key(tmp_path: Path, tail: str) -> None:
    request = Request(f"{URL}{tail}")
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        write_exchange(writer, request.url)
    assert [exchange.url for exchange in recover_warc(tmp_path / "a.warc.gz")] == [request.url]
