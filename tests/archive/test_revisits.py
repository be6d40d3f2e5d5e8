import itertools
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.framing import payload_digest
from archive.reader import read_archive, read_archives, read_exchange, read_record
from archive.shelf import MOST_OPEN
from archive.wacz import pack_wacz
from archive.writer import WarcWriter
from schemas.errors import UsageError
from schemas.facts import Issue
from schemas.page import ArchivePlace, Original, Page
from tests.archive.samples import HTML, NOON, list_open_files, make_record, make_response, read_all, unzip_all, unzip_place, write_exchange

URL = "https://www.ale.se/a"
BODY = b"<p>Ale</p>"
DAY = timedelta(days=1)
ETAG = (("ETag", '"x"'), ("Content-Type", "text/html"))
REVISIT_HEAD = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
NEXT_DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def save(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(records))
    return path


def revisit(details: dict[str, str], block: bytes = REVISIT_HEAD, url: str = URL) -> bytes:
    profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    return make_record("revisit", url, block, {"WARC-Profile": profile, "WARC-Date": "2026-11-22T12:00:00Z", **details})


ORIGINAL = make_response(URL, BODY, details={"WARC-Record-ID": "<urn:uuid:1>", "WARC-Payload-Digest": "sha1:AAA"})
NAMES = [
    {"WARC-Refers-To": "<urn:uuid:1>"},
    {"WARC-Refers-To-Target-URI": URL, "WARC-Refers-To-Date": "2026-11-21T12:00:00Z"},
    {"WARC-Refers-To-Date": "2026-11-21T12:00:00.000400Z"},
    {"WARC-Payload-Digest": "sha1:AAA"},
]


@pytest.mark.parametrize("headers", NAMES)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_revisit_is_the_earlier_page_confirmed(tmp_path: Path, headers: dict[str, str], is_first: bool) -> None:
    records = [ORIGINAL, revisit(headers), make_response(f"{URL}2", b"x")]
    pages, issues = read_all(save(tmp_path / "a.warc.gz", *(reversed(records) if is_first else records)))
    [again] = [page for page in pages if page.checked_at]
    [first] = [page for page in pages if page.url == URL and page is not again]
    assert (again.url, again.body, again.status, again.headers) == (URL, BODY, 200, first.headers)
    assert (again.fetched_at, again.checked_at, again.seen_at) == (first.fetched_at, NEXT_DAY, NEXT_DAY)
    assert again.archived == first.archived
    assert not issues
    assert len(pages) == 3


def test_a_confirmed_page_has_the_address_that_was_asked_for(tmp_path: Path) -> None:
    pages, _ = read_all(save(tmp_path / "a.warc.gz", ORIGINAL, revisit({"WARC-Refers-To": "<urn:uuid:1>"}, url=f"{URL}/")))
    assert [(page.url, page.status, page.body) for page in pages] == [(URL, 200, BODY), (f"{URL}/", 200, BODY)]


def test_a_revisit_of_the_same_bytes_elsewhere_has_its_own_url_status_and_headers(tmp_path: Path) -> None:
    again = revisit({"WARC-Payload-Digest": "sha1:AAA"}, b"HTTP/1.1 404 Not Found\r\nX-A: b\r\n\r\n", f"{URL}b")
    pages, _ = read_all(save(tmp_path / "a.warc.gz", ORIGINAL, again))
    assert (pages[1].url, pages[1].status, pages[1].headers, pages[1].body) == (f"{URL}b", 404, (("X-A", "b"),), BODY)


@pytest.mark.parametrize("headers", [{}, {"WARC-Refers-To": "<urn:uuid:2>"}, {"WARC-Payload-Digest": "sha1:BBB"}])
def test_a_revisit_of_what_no_archive_holds_is_told_and_passed_over(tmp_path: Path, headers: dict[str, str]) -> None:
    [_], [issue] = read_all(save(tmp_path / "a.warc.gz", ORIGINAL, revisit(headers)))
    assert (issue.code, issue.severity, issue.value) == ("revisit_unresolved", "info", URL)


def test_a_revisit_of_an_unreadable_page_is_as_unreadable(tmp_path: Path) -> None:
    broken = make_response(URL, b"\0", b"Content-Encoding: gzip\r\n", {"WARC-Payload-Digest": "sha1:AAA"})
    pages, issues = read_all(save(tmp_path / "a.warc.gz", broken, revisit({"WARC-Payload-Digest": "sha1:AAA"})))
    assert not pages
    assert [issue.code for issue in issues] == ["page_unreadable", "page_unreadable"]


def test_of_equal_digests_the_first_capture_is_meant_whatever_the_order(tmp_path: Path) -> None:
    same = {"WARC-Payload-Digest": "sha1:AAA"}
    later = make_response(f"{URL}2", BODY, details={"WARC-Date": "2026-11-21T13:00:00Z", **same})
    for number, records in enumerate(itertools.permutations([ORIGINAL, later, revisit(same)])):
        pages, _ = read_all(save(tmp_path / f"{number}.warc.gz", *records))
        [again] = [page for page in pages if page.checked_at]
        assert again.fetched_at == datetime(2026, 11, 21, 12, tzinfo=UTC)


def original_of(place: ArchivePlace, body: bytes = BODY, url: str = URL) -> Original:
    return Original(url, NOON, payload_digest(body), place)


def write_original(folder: Path, name: str = "first.warc.gz") -> ArchivePlace:
    with WarcWriter(folder / name, run_id="first", software="s") as writer:
        write_exchange(writer, f"{URL}/before")
        return write_exchange(writer, URL, BODY)


def write_revisit(folder: Path, original: Original, *, status: int = 304, body: bytes = b"", name: str = "second.warc.gz") -> ArchivePlace:
    with WarcWriter(folder / name, run_id="second", software="s") as writer:
        return write_exchange(writer, URL, body, status=status, headers=ETAG, fetched_at=NOON + DAY, original=original)


@pytest.mark.parametrize(
    ("status", "body", "profile"), [(304, b"", "revisit/server-not-modified"), (200, BODY, "revisit/identical-payload-digest")]
)
def test_a_revisit_is_written_as_the_standard_wants_it(tmp_path: Path, status: int, body: bytes, profile: str) -> None:
    first = write_original(tmp_path)
    place = write_revisit(tmp_path, original_of(first), status=status, body=body)
    with (tmp_path / place.file).open("rb") as file:
        records = [(r.rec_type, r.rec_headers, r.http_headers, r.raw_stream.read()) for r in ArchiveIterator(file, check_digests="raise")]
    assert [kind for kind, *_ in records] == ["warcinfo", "revisit", "request"]
    [(_, headers, http, payload)] = records[1:2]
    assert headers.get_header("WARC-Profile") == f"http://netpreserve.org/warc/1.1/{profile}"
    assert headers.get_header("WARC-Refers-To-Target-URI") == URL
    assert f"WARC-Date: {headers.get_header('WARC-Refers-To-Date')}\r\n".encode() in unzip_place(first, tmp_path)
    assert f"WARC-Payload-Digest: {headers.get_header('WARC-Payload-Digest')}\r\n".encode() in unzip_place(first, tmp_path)
    assert (headers.get_header("WARC-Refers-To-Filename"), headers.get_header("WARC-Refers-To-File-Offset")) == (
        first.file,
        str(first.offset),
    )
    assert (http.get_statuscode(), http.headers, payload) == (str(status), list(ETAG), b"")
    assert records[2][1].get_header("WARC-Concurrent-To") == headers.get_header("WARC-Record-ID")


def test_a_revisit_keeps_the_servers_own_bytes_of_a_header(tmp_path: Path) -> None:
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        original = original_of(write_exchange(writer, URL, BODY))
        write_exchange(writer, URL, b"", status=304, headers=(("X-Rubrik", "N\xe4tverk"),), original=original)
    assert b"X-Rubrik: N\xe4tverk\r\n" in unzip_all(tmp_path / "a.warc.gz")


def test_other_bytes_are_no_revisit(tmp_path: Path) -> None:
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        original = original_of(write_exchange(writer, URL, BODY))
        with pytest.raises(UsageError, match="is not that of"):
            write_exchange(writer, URL, b"<p>Lerum</p>", original=original)
        write_exchange(writer, URL, b"<p>Lerum</p>")
    assert [page.body for page in read_all(tmp_path / "a.warc.gz")[0]] == [BODY, b"<p>Lerum</p>"]


def test_secrets_are_not_in_a_revisit_either(tmp_path: Path) -> None:
    secrets = [(name, "hemligt") for name in ("Cookie", "authorization", "Proxy-Authorization", "SET-COOKIE", "Set-Cookie2")]
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        original = original_of(write_exchange(writer, URL, BODY))
        for status, body in ((304, b""), (200, BODY)):
            write_exchange(writer, URL, body, status=status, headers=[*secrets, *ETAG], request_headers=secrets, original=original)
    content = unzip_all(tmp_path / "a.warc.gz")
    assert content.count(b"WARC-Type: revisit") == 2
    assert content.count(b'ETag: "x"') == 2
    assert b"hemligt" not in content
    assert not any(name.encode().lower() in content.lower() for name, _ in secrets)


def read_many(paths: Sequence[Path]) -> tuple[list[Page], list[Issue]]:
    found = [item for _, item in read_archives(paths)]
    return [item for item in found if isinstance(item, Page)], [item for item in found if isinstance(item, Issue)]


def pack(folder: Path, name: str) -> Path:
    target = folder / f"{name}.wacz"
    pack_wacz([folder / f"{name}.warc.gz"], target, title=name, created=NOON, software="s")
    return target


@pytest.mark.parametrize("forms", list(itertools.product(["warc", "wacz", "deflated"], repeat=2)))
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_revisit_finds_its_page_in_another_archive_in_any_order(tmp_path: Path, forms: tuple[str, str], is_turned: bool) -> None:
    folders = [tmp_path / "1", tmp_path / "2"]
    for folder in folders:
        folder.mkdir()
    write_revisit(folders[1], Original(URL, NOON, payload_digest(BODY), None))
    write_original(folders[0])
    paths = [change_form(folders[0] / "first.warc.gz", forms[0]), change_form(folders[1] / "second.warc.gz", forms[1])]
    pages, issues = read_many(paths[::-1] if is_turned else paths)
    assert not issues
    [again] = [page for page in pages if page.checked_at]
    [first] = [page for page in pages if page.url == URL and not page.checked_at]
    assert (again.body, again.fetched_at, again.checked_at) == (BODY, NOON, NOON + DAY)
    assert again.archived == first.archived
    assert len(pages) == 3


def change_form(warc: Path, form: str) -> Path:
    if form == "warc":
        return warc
    if form == "wacz":
        return pack(warc.parent, warc.name.removesuffix(".warc.gz"))
    target = warc.parent / "foreign.wacz"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as wacz:
        wacz.write(warc, f"archive/{warc.name}")
    return target


def shift(folder: Path, place: ArchivePlace, form: str) -> ArchivePlace:
    """The place in the WARC, or in the WACZ that is packed of it: then the WARC goes, as after a published run."""
    if form == "warc":
        return place
    name = place.file.removesuffix(".warc.gz")
    offsets = pack_wacz([folder / place.file], folder / f"{name}.wacz", title=name, created=NOON, software="s")
    (folder / place.file).unlink()
    return ArchivePlace(f"{name}.wacz", place.offset + offsets[place.file], place.length)


@pytest.mark.parametrize("forms", list(itertools.product(["warc", "wacz"], repeat=2)))
@pytest.mark.parametrize(("status", "body"), [(304, b""), (200, BODY)])
def test_a_revisit_finds_its_page_in_a_file_beside_its_archive(tmp_path: Path, forms: tuple[str, str], status: int, body: bytes) -> None:
    first = shift(tmp_path, write_original(tmp_path), forms[0])
    second = shift(tmp_path, write_revisit(tmp_path, original_of(first), status=status, body=body), forms[1])
    [page], issues = read_all(tmp_path / second.file)
    assert not issues
    assert (page.url, page.body, page.status, page.fetched_at, page.checked_at) == (URL, BODY, 200, NOON, NOON + DAY)
    assert page.archived == first
    assert read_record(second, tmp_path) == page
    assert read_exchange(second, tmp_path) == (status, ETAG, body)
    assert read_exchange(first, tmp_path) == (200, HTML, BODY)


def test_a_revisit_of_the_same_run_is_found_in_its_own_archive(tmp_path: Path) -> None:
    with WarcWriter(tmp_path / "a.warc.gz", run_id="r", software="s") as writer:
        first = write_exchange(writer, URL, BODY)
        place = write_exchange(writer, f"{URL}2", BODY, fetched_at=NOON + DAY, original=original_of(first))
    shifted = shift(tmp_path, place, "wacz")
    page = read_record(shifted, tmp_path)
    assert (page.url, page.body, page.fetched_at, page.checked_at) == (f"{URL}2", BODY, NOON, NOON + DAY)
    assert page == read_all(tmp_path / "a.wacz")[0][1]
    assert read_exchange(shifted, tmp_path) == (200, HTML, BODY)


@pytest.mark.parametrize(
    ("file", "offset"),
    [("none.warc.gz", "0"), ("first.warc.gz", "1"), ("first.warc.gz", "x"), ("first.warc.gz", "99999999"), ("notes.txt", "0"), ("..", "0")],
)
def test_a_file_beside_that_does_not_hold_the_page_resolves_nothing(tmp_path: Path, file: str, offset: str) -> None:
    write_original(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    pages, [issue] = read_all(save(tmp_path / "a.warc.gz", pointing(file, offset)))
    assert not pages
    assert issue.code == "revisit_unresolved"


def test_no_path_out_of_the_folder_is_followed(tmp_path: Path) -> None:
    place = write_original(tmp_path)
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in (f"../{place.file}", str(tmp_path / place.file)):
        assert [issue.code for issue in read_all(save(inner / "a.warc.gz", pointing(name, str(place.offset))))[1]] == ["revisit_unresolved"]
    assert read_all(save(tmp_path / "a.warc.gz", pointing(place.file, str(place.offset))))[0][0].body == BODY


def test_another_page_at_the_place_told_is_not_taken_for_the_one_meant(tmp_path: Path) -> None:
    write_original(tmp_path)
    [other, _] = read_all(tmp_path / "first.warc.gz")[0]
    assert other.archived
    assert read_all(save(tmp_path / "a.warc.gz", pointing(other.archived.file, str(other.archived.offset), b"<p>else")))[1]


def pointing(file: str, offset: str, body: bytes = BODY) -> bytes:
    where = {"WARC-Refers-To-Filename": file, "WARC-Refers-To-File-Offset": offset}
    return revisit({"WARC-Refers-To-Date": "2026-11-21T12:00:00.25Z", "WARC-Payload-Digest": payload_digest(body), **where})


def test_a_place_of_an_unresolved_revisit_is_refused_but_its_exchange_is_there(tmp_path: Path) -> None:
    place = write_revisit(tmp_path, Original(URL, NOON, payload_digest(BODY), None))
    with pytest.raises(UsageError, match="no archive at hand"):
        read_record(place, tmp_path)
    assert read_exchange(place, tmp_path) == (304, ETAG, b"")


def test_many_archives_are_read_with_few_of_them_open(tmp_path: Path) -> None:
    paths = []
    for number in range(MOST_OPEN + 5):
        with WarcWriter(tmp_path / f"{number}.warc.gz", run_id="r", software="s") as writer:
            write_exchange(writer, f"{URL}{number}", b"%d" % number)
        paths.append(tmp_path / f"{number}.warc.gz")
    last = tmp_path / "last.warc.gz"
    with WarcWriter(last, run_id="r", software="s") as writer:
        for number in [*range(MOST_OPEN + 5), 0]:
            original = Original(f"{URL}{number}", NOON, payload_digest(b"%d" % number), None)
            write_exchange(writer, f"{URL}{number}", b"", status=304, fetched_at=NOON + DAY, original=original)
    before = list_open_files()
    most, bodies = 0, []
    for path, item in read_archives([last, *paths]):
        assert isinstance(item, Page)
        most = max(most, len(list_open_files()))
        if path == last:
            bodies.append(item.body)
    assert bodies == [b"%d" % number for number in [*range(MOST_OPEN + 5), 0]]
    assert most <= len(before) + MOST_OPEN + 2
    assert list_open_files() == before


def test_memory_does_not_grow_with_the_bodies_of_revisits(tmp_path: Path) -> None:
    peaks = []
    for size in (100, 400_000):
        folder = tmp_path / str(size)
        folder.mkdir()
        with (
            WarcWriter(folder / "1.warc.gz", run_id="r", software="s") as first,
            WarcWriter(folder / "2.warc.gz", run_id="r", software="s") as second,
        ):
            for number in range(40):
                body = bytes([number]) * size
                place = write_exchange(first, f"{URL}{number}", body)
                original = original_of(place, body, f"{URL}{number}")
                write_exchange(second, f"{URL}{number}", b"", status=304, original=original)
        tracemalloc.start()
        assert all(isinstance(item, Page) for _, item in read_archives([folder / "2.warc.gz", folder / "1.warc.gz"]))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 8 * 400_000  # of 40 bodies


def test_a_damaged_archive_gives_its_revisits_too(tmp_path: Path) -> None:
    record = revisit({"WARC-Payload-Digest": "sha1:AAA"})
    path = save(tmp_path / "a.warc.gz", record, b"rubbish" * 100, record, ORIGINAL)
    pages, issues = read_all(path)
    assert [page.checked_at for page in pages] == [None, NEXT_DAY, NEXT_DAY]
    assert [issue.code for issue in issues] == ["archive_truncated"]


def test_a_chunked_answer_is_given_joined_without_its_header(tmp_path: Path) -> None:
    chunked = make_response(URL, b"4\r\n<p>x\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\nX-A: b\r\n")
    path = save(tmp_path / "a.warc.gz", chunked)
    [page] = [item for item in read_archive(path) if isinstance(item, Page)]
    assert page.archived
    assert read_exchange(page.archived, tmp_path) == (200, (("X-A", "b"),), b"<p>x")


def test_a_record_without_an_http_response_is_no_exchange(tmp_path: Path) -> None:
    record = revisit({}, b"")
    save(tmp_path / "a.warc.gz", record)
    with pytest.raises(UsageError, match="no HTTP response"):
        read_exchange(ArchivePlace("a.warc.gz", 0, len(record)), tmp_path)
