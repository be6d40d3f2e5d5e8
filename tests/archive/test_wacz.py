import gzip
import hashlib
import json
import os
import resource
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.cdxj import make_url_key
from archive.reader import read_record
from archive.wacz import pack_wacz
from schemas.errors import OutputUnwritable, UsageError
from schemas.page import ArchivePlace
from tests.archive.samples import list_open_files, make_record, make_response, read_all, unzip_place, write_pages

URL = "https://www.ale.se/"
CREATED = datetime(2026, 11, 21, 12, tzinfo=UTC)


def pack(target: Path, *warcs: Path) -> dict[str, int]:
    return pack_wacz(warcs, target, title="Körning 1", created=CREATED, software="samverkan test")


@pytest.fixture
def warcs(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "b.warc.gz", tmp_path / "a.warc.gz"]
    write_pages(paths[0], [(f"{URL}{n}", b"<p>%d</p>" % n) for n in range(5)])
    write_pages(paths[1], [(f"{URL}borta", b"x")], status=404)
    plain = tmp_path / "c.warc"
    plain.write_bytes(
        make_response("https://bengtsfors.se/", b"<p>c</p>", zipped=False) + make_response(f"{URL}åäö", b"<p>d</p>", zipped=False)
    )
    return [*paths, plain]


def test_a_wacz_reads_as_its_warcs_with_places_of_its_own(tmp_path: Path, warcs: list[Path]) -> None:
    target = tmp_path / "run.wacz"
    offsets = pack(target, *warcs)
    pages, issues = read_all(target)
    single = [page for warc in warcs for page in read_all(warc)[0]]
    assert [(page.url, page.status, page.headers, page.body, page.fetched_at) for page in pages] == [
        (page.url, page.status, page.headers, page.body, page.fetched_at) for page in single
    ]
    assert not issues
    for page, source in zip(pages, single, strict=True):
        assert page.archived
        assert source.archived
        assert page.archived.file == "run.wacz"
        assert page.archived.offset == source.archived.offset + offsets[source.archived.file]
        assert read_record(page.archived, tmp_path) == page
        assert unzip_place(page.archived, tmp_path) == unzip_place(source.archived, tmp_path)


def test_the_package_lists_every_file_with_its_digest(tmp_path: Path, warcs: list[Path]) -> None:
    pack(tmp_path / "run.wacz", *warcs)
    with zipfile.ZipFile(tmp_path / "run.wacz") as wacz:
        assert wacz.testzip() is None
        package = json.loads(wacz.read("datapackage.json"))
        listed = {resource["path"]: (resource["bytes"], resource["hash"]) for resource in package["resources"]}
        present = {name: wacz.read(name) for name in wacz.namelist() if not name.startswith("datapackage")}
        assert listed == {name: (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") for name, data in present.items()}
        digest = json.loads(wacz.read("datapackage-digest.json"))
        assert digest == {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(wacz.read('datapackage.json')).hexdigest()}"}
        stored = {entry.filename for entry in wacz.infolist() if entry.compress_type == zipfile.ZIP_STORED}
    assert stored == {"archive/b.warc.gz", "archive/a.warc.gz", "archive/c.warc", "indexes/index.cdx.gz"}
    assert (package["wacz_version"], package["title"], package["created"]) == ("1.1.1", "Körning 1", "2026-11-21T12:00:00Z")
    assert package["mainPageUrl"] == f"{URL}0"


def test_the_index_is_sorted_and_leads_to_each_capture(tmp_path: Path, warcs: list[Path]) -> None:
    pack(tmp_path / "run.wacz", *warcs)
    with zipfile.ZipFile(tmp_path / "run.wacz") as wacz:
        lines = gzip.decompress(wacz.read("indexes/index.cdx.gz")).splitlines()
        blocks = wacz.read("indexes/index.idx").decode().splitlines()
    assert lines == sorted(lines)
    entries = [json.loads(line.split(b" ", 2)[2]) for line in lines]
    assert len(entries) == 8
    for entry in entries:
        record = unzip_place(ArchivePlace(entry["filename"], entry["offset"], entry["length"]), tmp_path)
        assert f"WARC-Target-URI: {entry['url']}\r\n".encode() in record
    assert {entry["status"] for entry in entries if entry["url"].endswith("borta")} == {404}
    assert blocks[0].startswith("!meta 0 ")
    assert blocks[1].startswith(lines[0].split(b"{")[0].decode())


def test_pages_are_the_html_that_answered_200(tmp_path: Path, warcs: list[Path]) -> None:
    pack(tmp_path / "run.wacz", *warcs)
    with zipfile.ZipFile(tmp_path / "run.wacz") as wacz:
        head, *pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()]
    assert head["format"] == "json-pages-1.0"
    assert [page["url"] for page in pages] == [*(f"{URL}{n}" for n in range(5)), "https://bengtsfors.se/", f"{URL}åäö"]
    assert pages[0]["ts"] == "2026-11-21T12:00:00.250000Z"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, warcs: list[Path]) -> None:
    pack(tmp_path / "1.wacz", *warcs)
    pack(tmp_path / "2.wacz", *warcs)
    assert (tmp_path / "1.wacz").read_bytes() == (tmp_path / "2.wacz").read_bytes()


def test_the_target_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path, warcs: list[Path]) -> None:
    target = tmp_path / "run.wacz"
    target.write_bytes(b"old")
    before = set(tmp_path.iterdir())
    pack(target, *warcs)
    assert zipfile.is_zipfile(target)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("names", [[], ["none.warc.gz"], ["a.warc.gz", "a.warc.gz"], ["notes.txt"]])
def test_wrong_input_leaves_the_target_as_it_was(tmp_path: Path, names: list[str]) -> None:
    write_pages(tmp_path / "a.warc.gz", [(URL, b"x")])
    (tmp_path / "notes.txt").write_text("x")
    target = tmp_path / "run.wacz"
    target.write_bytes(b"old")
    with pytest.raises(UsageError):
        pack(target, *(tmp_path / name for name in names))
    assert target.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_output_unwritable(tmp_path: Path, warcs: list[Path]) -> None:
    with pytest.raises(OutputUnwritable):
        pack(tmp_path / "none" / "run.wacz", *warcs)


def test_a_full_disk_leaves_the_target_as_it_was(tmp_path: Path, warcs: list[Path]) -> None:
    target = tmp_path / "run.wacz"
    target.write_bytes(b"old")
    before = set(tmp_path.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, limits[1]))
    try:
        with pytest.raises(OutputUnwritable):
            pack(target, *warcs)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_bytes() == b"old"
    assert set(tmp_path.iterdir()) == before


def test_revisits_are_indexed_as_such(tmp_path: Path) -> None:
    warc = tmp_path / "a.warc.gz"
    warc.write_bytes(make_response(URL, b"x") + make_record("revisit", URL, b"HTTP/1.1 304 Not Modified\r\n\r\n"))
    pack(tmp_path / "run.wacz", warc)
    with zipfile.ZipFile(tmp_path / "run.wacz") as wacz:
        lines = gzip.decompress(wacz.read("indexes/index.cdx.gz")).splitlines()
    entries = [json.loads(line.split(b" ", 2)[2]) for line in lines]
    assert sorted((entry["mime"], entry["status"]) for entry in entries) == [("text/html", 200), ("warc/revisit", 304)]


def test_a_killed_crawl_is_packed_as_far_as_it_came(tmp_path: Path, warcs: list[Path]) -> None:
    warcs[0].write_bytes(warcs[0].read_bytes()[:-700])
    pack(tmp_path / "run.wacz", *warcs)
    pages, issues = read_all(tmp_path / "run.wacz")
    assert f"{URL}3" in {page.url for page in pages}
    assert "https://bengtsfors.se/" in {page.url for page in pages}
    assert [issue.code for issue in issues] == ["archive_truncated"]


def test_a_wacz_that_lost_its_end_gives_what_it_has(tmp_path: Path, warcs: list[Path]) -> None:
    pack(tmp_path / "run.wacz", *warcs)
    broken = tmp_path / "broken.wacz"
    broken.write_bytes((tmp_path / "run.wacz").read_bytes()[:-400])
    pages, issues = read_all(broken)
    assert [page.url for page in pages] == [page.url for warc in warcs for page in read_all(warc)[0]]
    assert all(read_record(page.archived, tmp_path) == page for page in pages if page.archived)
    assert "archive_truncated" in {issue.code for issue in issues}


def test_a_foreign_wacz_with_deflated_warcs_is_read_without_places(tmp_path: Path, warcs: list[Path]) -> None:
    foreign = tmp_path / "foreign.wacz"
    with zipfile.ZipFile(foreign, "w", zipfile.ZIP_DEFLATED) as wacz:
        for warc in warcs:
            wacz.write(warc, f"archive/{warc.name}")
        wacz.writestr("archive/.DS_Store", b"\0")
    pages, issues = read_all(foreign)
    assert len(pages) == 8
    assert {page.archived for page in pages} == {None}
    assert not issues


def test_a_damaged_deflated_entry_is_told(tmp_path: Path, warcs: list[Path]) -> None:
    foreign = tmp_path / "foreign.wacz"
    with zipfile.ZipFile(foreign, "w", zipfile.ZIP_DEFLATED) as wacz:
        wacz.write(warcs[0], "archive/b.warc.gz")
        wacz.write(warcs[2], "archive/c.warc")
    content = bytearray(foreign.read_bytes())
    content[60:400] = os.urandom(340)
    foreign.write_bytes(content)
    pages, issues = read_all(foreign)
    assert "https://bengtsfors.se/" in {page.url for page in pages}
    assert "archive_truncated" in {issue.code for issue in issues}


def test_packing_holds_no_archive_in_memory(tmp_path: Path) -> None:
    warc = tmp_path / "a.warc.gz"
    write_pages(warc, [(f"{URL}{n}", os.urandom(20_000)) for n in range(400)])
    tracemalloc.start()
    pack(tmp_path / "run.wacz", warc)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert warc.stat().st_size > 8_000_000
    assert peak < 2_000_000


def test_no_file_stays_open(tmp_path: Path, warcs: list[Path]) -> None:
    before = list_open_files()
    pack(tmp_path / "run.wacz", *warcs)
    read_all(tmp_path / "run.wacz")
    assert list_open_files() == before


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.ale.se/Kommun/?b=2&a=1", "se,ale)/kommun?a=1&b=2"),
        ("http://ale.se", "se,ale)/"),
        ("https://www2.ale.se:8080/x//y/", "se,ale:8080)/x/y"),
        ("https://ale.se:443/", "se,ale)/"),
        ("https://ale.se/sök?q=å b", "se,ale)/s%c3%b6k?q=%c3%a5%20b"),
        ("https://ale.se/s%C3%B6k?q=%C3%A5%20b", "se,ale)/s%c3%b6k?q=%c3%a5%20b"),
        ("https://ale.se/%7Euser/%41#x", "se,ale)/~user/a"),
        ("https://göteborg.se/", "se,xn--gteborg-90a)/"),
        ("https://[ale.se/", "https://[ale.se/"),
    ],
)
def test_url_keys_are_those_that_players_look_up(url: str, key: str) -> None:
    assert make_url_key(url) == key
