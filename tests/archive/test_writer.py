import gzip
import os
import resource
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.reader import read_record
from archive.writer import WarcWriter
from schemas.errors import OutputUnwritable, UsageError
from schemas.page import Page
from tests.archive.samples import HTML, NOON, Pairs, read_all, unzip_all, unzip_place, write_exchange, write_pages

URL = "https://www.lillaedet.se/kommun/samverkan"


def round_trip(path: Path, *, body: bytes = b"<p>Tj\xc3\xb6rn</p>", headers: Pairs = HTML, url: str = URL, status: int = 200) -> Page:
    write_pages(path, [(url, body)], headers=headers, status=status)
    pages, issues = read_all(path)
    assert not issues
    return pages[0]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty", b""),
        ("blank lines", b"a\r\n\r\nHTTP/1.1 500 Oops\r\n\r\nb\n\n"),
        ("a record inside", b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"),
        ("gzip inside", gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n")),
        ("Latin-1 under a UTF-8 header", "Tjörn, Öckerö".encode("latin-1")),
        ("any bytes", bytes(range(256)) * 10),
        ("looks chunked", b"5\r\nTorsa\r\n0\r\n\r\n"),
    ],
)
def test_body_comes_back_as_it_was(tmp_path: Path, name: str, body: bytes) -> None:
    page = round_trip(tmp_path / "a.warc.gz", body=body)
    assert page.body == body
    assert page.headers == HTML


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_coded_body_is_stored_as_received_and_read_decoded(tmp_path: Path, coding: str, compress: type[bytes]) -> None:
    path = tmp_path / "a.warc.gz"
    body = compress(b"<p>Regionala samverkansr\xc3\xa5det</p>")
    page = round_trip(path, body=body, headers=(*HTML, ("Content-Encoding", coding)))
    assert page.body == b"<p>Regionala samverkansr\xc3\xa5det</p>"
    assert body in unzip_all(path)


@pytest.mark.parametrize("status", [200, 301, 404, 410, 500, 299])
def test_status_comes_back(tmp_path: Path, status: int) -> None:
    assert round_trip(tmp_path / "a.warc.gz", status=status).status == status


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ale.se/kommun/nätverk/åäö.html",
        "https://ale.se/s%C3%B6k?q=%C3%A5&sida=2&q=b",
        "http://ale.se:8080",
        "https://xn--gteborg-90a.se/?",
    ],
)
def test_url_comes_back(tmp_path: Path, url: str) -> None:
    assert round_trip(tmp_path / "a.warc.gz", url=url).url == url


def test_repeated_and_undecodable_headers_keep_order_and_bytes(tmp_path: Path) -> None:
    headers = (("Link", "<a>; rel=x"), ("X-Rubrik", "N\xe4tverk"), ("Link", "<b>; rel=y"), ("X-Utf8", "Ã¤"), ("X-Empty", ""))
    path = tmp_path / "a.warc.gz"
    assert round_trip(path, headers=headers).headers == headers
    assert b"X-Rubrik: N\xe4tverk\r\n" in unzip_all(path)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Link", "X-A", "Vary"]), st.text(st.characters(codec="latin-1"))), max_size=5), st.binary())
def test_any_header_value_is_one_header(tmp_path_factory: pytest.TempPathFactory, headers: list[tuple[str, str]], body: bytes) -> None:
    page = round_trip(tmp_path_factory.mktemp("a") / "a.warc.gz", headers=headers, body=body)
    assert [name for name, _ in page.headers] == [name for name, _ in headers]
    assert page.body == body


def test_header_beyond_latin_1_is_written_as_utf_8(tmp_path: Path) -> None:
    page = round_trip(tmp_path / "a.warc.gz", headers=(("X-Pris", "5 €"),))
    assert page.headers[0][1].encode("latin-1").decode() == "5 €"


def test_headers_that_lie_about_the_body_are_renamed(tmp_path: Path) -> None:
    headers = (("Transfer-Encoding", "chunked"), ("Content-Length", "99"))
    page = round_trip(tmp_path / "a.warc.gz", body=b"4\r\nfour\r\n", headers=headers)
    assert page.body == b"4\r\nfour\r\n"
    assert page.headers == (("X-Archive-Orig-Transfer-Encoding", "chunked"), ("X-Archive-Orig-Content-Length", "99"))


def test_true_content_length_stays(tmp_path: Path) -> None:
    assert round_trip(tmp_path / "a.warc.gz", body=b"four", headers=(("Content-Length", "4"),)).headers == (("Content-Length", "4"),)


def test_secrets_are_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    secrets = [(name, "hemligt") for name in ("Cookie", "authorization", "Proxy-Authorization", "SET-COOKIE", "Set-Cookie2")]
    with WarcWriter(path, run_id="r", software="s") as writer:
        exchange = {"url": URL, "method": "GET", "status": 200, "body": b"x", "fetched_at": NOON}
        writer.write_exchange(request_headers=secrets, response_headers=[*secrets, *HTML], **exchange)  # type: ignore[arg-type]
    content = unzip_all(path)
    assert b"hemligt" not in content
    assert not any(name.encode().lower() in content.lower() for name, _ in secrets)


def test_request_record_tells_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcWriter(path, run_id="r", software="s") as writer:
        writer.write_exchange(
            url="https://ale.se/sök?q=a b#del",
            method="POST",
            request_headers=[("Content-Type", "application/x-www-form-urlencoded")],
            request_body=b"namn=Ale",
            status=200,
            response_headers=HTML,
            body=b"x",
            fetched_at=NOON,
            ip_address="127.0.0.1",
            protocol="h2",
        )
    with path.open("rb") as file:
        records = [
            (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request"]
    (_, _, _, info), (_, response, _, _), (_, request, http, body) = records
    assert b"isPartOf: r\r\n" in info
    assert http.statusline == "/s%C3%B6k?q=a%20b HTTP/1.1"
    assert http.get_header("Host") == "ale.se"
    assert body == b"namn=Ale"
    assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
    assert (response.get_header("WARC-IP-Address"), response.get_header("WARC-Protocol")) == ("127.0.0.1", "h2")
    assert response.get_header("WARC-Payload-Digest").startswith("sha256:")
    assert {headers.protocol for _, headers, _, _ in records} == {"WARC/1.1"}


def test_place_leads_back_to_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    places = write_pages(path, [(f"{URL}/{n}", f"<p>{n}</p>".encode()) for n in range(5)])
    pages, _ = read_all(path)
    assert [page.archived for page in pages] == places
    for page, place in zip(pages, places, strict=True):
        record = unzip_place(place, tmp_path)
        assert record.startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
        assert record.endswith(b"\r\n\r\n" + page.body + b"\r\n\r\n")
        assert read_record(place, tmp_path) == page


def test_time_keeps_its_microseconds_and_becomes_utc(tmp_path: Path) -> None:
    page = round_trip(tmp_path / "a.warc.gz")
    assert page.fetched_at == datetime(2026, 11, 21, 12, 0, 0, 250000, tzinfo=UTC)
    assert page.fetched_at.tzinfo is UTC


def test_an_archive_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"old")
    with pytest.raises(UsageError):
        WarcWriter(path, run_id="r", software="s")
    assert path.read_bytes() == b"old"


def test_a_resumed_archive_goes_on_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    first = write_pages(path, [(f"{URL}/1", b"1")])
    with WarcWriter(path, run_id="r", software="s", is_resumed=True) as writer:
        second = write_exchange(writer, f"{URL}/2", b"2")
    pages, issues = read_all(path)
    assert [page.archived for page in pages] == [*first, second]
    assert not issues
    assert unzip_all(path).count(b"WARC-Type: warcinfo") == 1


def test_a_resumed_archive_that_is_missing_or_empty_is_begun(tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").touch()
    for name in ("empty.warc.gz", "none.warc.gz"):
        with WarcWriter(tmp_path / name, run_id="r", software="s", is_resumed=True) as writer:
            place = write_exchange(writer, URL, b"1")
        assert read_record(place, tmp_path).body == b"1"
        assert unzip_all(tmp_path / name).startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")


def test_what_is_synced_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        monkeypatch.setattr(os, "fsync", synced.append)
        write_exchange(writer, URL)
        assert not synced
        writer.sync()
        assert len(synced) == 1
    assert len(synced) == 2


def test_a_body_that_came_compressed_is_not_compressed_again(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>Ale</p>" * 1000)
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        packed = write_exchange(writer, URL, body, headers=(*HTML, ("content-encoding", "gzip")))
        plain = write_exchange(writer, URL, b"<p>Ale</p>" * 1000, headers=(*HTML, ("Content-Encoding", "identity")))
    content = (tmp_path / "a.warc.gz").read_bytes()
    assert body in content[packed.offset : packed.offset + packed.length]
    assert plain.length < 1000


def test_a_folder_that_is_not_there_is_output_unwritable(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable):
        WarcWriter(tmp_path / "none" / "a.warc.gz", run_id="r", software="s")


@pytest.mark.parametrize("room", [100, 550])
def test_full_disk_costs_only_the_exchange_that_did_not_fit(tmp_path: Path, room: int) -> None:
    path = tmp_path / "a.warc.gz"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with WarcWriter(path, run_id="r", software="s") as writer:
        size = path.stat().st_size
        place = write_exchange(writer, f"{URL}/1", b"fits")
        assert place.length < 550 < path.stat().st_size - size  # so 550 bytes hold a response, but not its request
        size = path.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, limits[1]))
        try:
            with pytest.raises(OutputUnwritable):
                write_exchange(writer, f"{URL}/2", b"not so")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert path.stat().st_size == size
        write_exchange(writer, f"{URL}/3", b"fits again")
    pages, issues = read_all(path)
    assert [page.body for page in pages] == [b"fits", b"fits again"]
    assert not issues


KILLED = """
    import os, signal
    from pathlib import Path
    from tests.archive.samples import *
    writer = WarcWriter(Path({path!r}), run_id="r", software="s")
    for n in range(3):
        writer.write_exchange(url="https://ale.se/" + str(n), method="GET", request_headers=[], status=200,
                              response_headers=HTML, body=b"x", fetched_at=NOON)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_crawl_leaves_every_record_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    script = textwrap.dedent(KILLED.format(path=str(path)))
    ended = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -signal.SIGKILL
    pages, issues = read_all(path)
    assert [page.url[-1] for page in pages] == ["0", "1", "2"]
    assert not issues
