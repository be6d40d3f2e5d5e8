"""A crawl after a crawl: it asks for changes only, keeps what has not changed, and loses nothing where it cannot."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.reader import read_archive
from pipelines.keys import Row
from schemas.manifest import read_manifest
from schemas.page import Page
from schemas.tables import read_rows
from spiders.runner import run_crawl
from tests.samverkan.program import GOOD_PAGE, run
from tests.spiders.crawling import CLEAN, QUICK, site_row
from tests.spiders.small_web import Exchange, Replies, Reply, SmallWeb, link_page, serve_small_web

FACTS = ("organisations", "mentions", "members", "relations", "member_counts", "contacts", "dates")
SETTINGS = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"}
ETAG = ("ETag", '"a"')
DATED = ("Last-Modified", "Sat, 21 Nov 2026 04:00:00 GMT")
OTHER_PAGE = GOOD_PAGE.replace(" och Kungälvs kommun", ", Ale kommun och Kungälvs kommun")
Headers = tuple[tuple[str, str], ...]


def web_of(*headers: tuple[str, str], page: str = GOOD_PAGE) -> Replies:
    """A site whose sitemap alone lists its page of facts, every answer with these headers."""
    sitemap = "<urlset><url><loc>{root}samverkan</loc></url></urlset>"
    return {
        "/robots.txt": Reply("User-agent: *\nDisallow: /hemligt\nSitemap: {root}sitemap.xml\n", headers=headers, content_type="text/plain"),
        "/sitemap.xml": Reply(sitemap, headers=headers, content_type="application/xml"),
        "/": Reply(link_page("/hemligt/samverkan", words="samverkan"), headers=headers),
        "/samverkan": Reply(page, headers=headers),
    }


class Site:
    """A site on a small web, crawled again and again into one output folder."""

    def __init__(self, folder: Path, web: SmallWeb) -> None:
        self.output = folder / "output"
        self.sites = folder / "sites.toml"
        self.web = web
        self.owner = "Provkommunen"
        self._count = 0

    def crawl(self, **settings: Any) -> "Crawled":
        """The next crawl, of the next day."""
        self._count += 1
        self.sites.write_text(site_row("prov", self.web.root, owner=self.owner), encoding="utf-8")
        run_id = f"202611{20 + self._count}T040000Z"
        paths = {"SAMVERKAN_SITES": str(self.sites), "SAMVERKAN_OUTPUT": str(self.output), "SAMVERKAN_RUN_ID": run_id}
        before = len(self.web.exchanges)
        with CLEAN.Pool(1) as pool:
            pool.apply(crawl_once, ({**SETTINGS, "LOG_LEVEL": "ERROR", **paths, **settings},))
        return Crawled(self.output, run_id, self.web.exchanges[before:])


def crawl_once(settings: Mapping[str, Any]) -> None:
    """In a process of its own."""
    run_crawl(settings)


class Crawled:
    """A run, and what the site was asked for."""

    def __init__(self, output: Path, run_id: str, exchanges: list[Exchange]) -> None:
        self.folder = output / "runs" / run_id
        self.archive = output / "archive" / f"{run_id}.wacz"
        self.exchanges = exchanges

    @property
    def facts(self) -> dict[str, str]:
        """A hash for the rows of each dataset of facts."""
        return {name: read_manifest(self.folder).datasets[name].content_sha256 for name in FACTS}

    @property
    def answers(self) -> dict[str, int]:
        """The status of the last answer to each path."""
        return {exchange.path: exchange.status for exchange in self.exchanges}

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [exchange.path for exchange in self.exchanges]

    @property
    def conditional(self) -> set[str]:
        """The paths that were asked for only if they have changed."""
        return {exchange.path for exchange in self.exchanges if {"If-None-Match", "If-Modified-Since"} & exchange.headers.keys()}

    @property
    def pages(self) -> dict[str, Row]:
        """The rows of the pages by path."""
        rows = read_rows(self.folder / "pages.parquet")
        return {f"/{row['url'].split('/', 3)[3]}": row for row in rows}

    @property
    def coverage(self) -> Row:
        """The row of the site."""
        [row] = read_rows(self.folder / "coverage.parquet")
        return row

    @property
    def issues(self) -> list[str]:
        """The codes of the issues."""
        return [row["code"] for row in read_rows(self.folder / "issues.parquet")]

    def list_records(self) -> list[Mapping[str, str]]:
        """The headers of the responses and revisits in the archive."""
        return [headers for kind, headers in scan_wacz(self.archive) if kind in ("response", "revisit")]

    @property
    def profiles(self) -> set[str]:
        """The last words of the profiles of the archive's records; "response" for one that is no revisit."""
        return {headers.get("WARC-Profile", "response").rpartition("/")[2] for headers in self.list_records()}


def scan_wacz(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The records of the WARC that lies uncompressed in a WACZ."""
    with zipfile.ZipFile(path) as packed:
        [name] = [name for name in packed.namelist() if name.endswith(".warc.gz")]
        with packed.open(name) as warc:
            for record in ArchiveIterator(warc):
                yield record.rec_type, dict(record.rec_headers.headers)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serve_small_web({}) as web:
        yield Site(tmp_path, web)


@pytest.mark.parametrize("headers", [(ETAG,), (DATED,), (ETAG, DATED)], ids=["etag", "last-modified", "both"])
def test_what_has_not_changed_is_confirmed_and_kept(site: Site, headers: Headers) -> None:
    site.web.replies = web_of(*headers)
    first, second = site.crawl(), site.crawl()
    assert second.answers == dict.fromkeys(["/robots.txt", "/sitemap.xml", "/", "/samverkan"], 304)
    assert sum(exchange.sent for exchange in second.exchanges) == 0
    assert second.facts == first.facts
    assert read_manifest(first.folder).rows["members"] == 4
    for path, before in first.pages.items():
        after = second.pages[path]
        assert after["checked_at"] > before["checked_at"]
        assert {**after, "checked_at": None, "run_id": None} == {**before, "checked_at": None, "run_id": None}
    assert (second.coverage["pages_fetched"], second.coverage["pages_unchanged"]) == (0, 2)
    assert second.profiles == {"server-not-modified"}


def test_two_archives_read_together_give_the_facts_of_the_second_crawl(site: Site, tmp_path: Path) -> None:
    site.web.replies = web_of(ETAG)
    first, second = site.crawl(), site.crawl()
    done = run("extract", first.archive, second.archive, "--sites", site.sites, "--output", tmp_path / "again", "-q")
    assert done.returncode == 0, done.stderr
    again = read_manifest(tmp_path / "again" / "latest").datasets
    assert {name: again[name].content_sha256 for name in ("pages", *FACTS)} == {
        "pages": read_manifest(second.folder).datasets["pages"].content_sha256,
        **second.facts,
    }


def test_the_same_bytes_sent_again_are_no_news(site: Site) -> None:
    site.web.replies = web_of()
    first, second = site.crawl(), site.crawl()
    assert second.conditional == set()
    assert set(second.answers.values()) == {200}
    assert second.facts == first.facts
    assert second.profiles == {"identical-payload-digest"}
    before, after = first.pages["/samverkan"], second.pages["/samverkan"]
    assert after["checked_at"] > before["checked_at"]
    assert [after[name] for name in ("fetched_at", "archive_file")] == [before[name] for name in ("fetched_at", "archive_file")]


def test_a_third_crawl_refers_to_the_first_archive(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first, _, third = site.crawl(), site.crawl(), site.crawl()
    assert {headers["WARC-Refers-To-Filename"] for headers in third.list_records()} == {first.archive.name}
    assert third.pages["/samverkan"]["archive_file"] == first.archive.name
    assert third.facts == first.facts


def test_what_was_confirmed_and_then_not_asked_for_is_still_remembered(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    site.crawl()
    site.crawl()
    assert "/" not in site.crawl(SAMVERKAN_MAX_PAGES=1).paths
    assert site.crawl().answers == dict.fromkeys(["/robots.txt", "/sitemap.xml", "/", "/samverkan"], 304)


def test_a_page_that_has_changed_gives_new_facts(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    site.web.replies = {**web_of(ETAG), "/samverkan": Reply(OTHER_PAGE, headers=(("ETag", '"b"'),))}
    second = site.crawl()
    assert second.answers == {"/robots.txt": 304, "/sitemap.xml": 304, "/": 304, "/samverkan": 200}
    assert second.facts["members"] != first.facts["members"]
    assert read_manifest(second.folder).rows["members"] == 5
    assert second.pages["/samverkan"]["archive_file"] == second.archive.name
    assert [exchange.headers["If-None-Match"] for exchange in site.crawl().exchanges if exchange.path == "/samverkan"] == ['"b"']


def test_a_site_that_says_unchanged_for_ever_is_asked_for_the_whole_page_in_the_end(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    site.web.replies = web_of(ETAG, page=OTHER_PAGE)
    second = site.crawl()
    assert (second.answers["/samverkan"], second.facts) == (304, first.facts)
    third = site.crawl(SAMVERKAN_TRUST_DAYS=0)
    assert third.conditional == set()
    assert read_manifest(third.folder).rows["members"] == 5


def test_what_lay_in_an_archive_that_is_gone_is_asked_for_whole(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    first.archive.unlink()
    second = site.crawl()
    assert second.conditional == set()
    assert second.facts == first.facts
    assert second.pages["/samverkan"]["archive_file"] == second.archive.name


def spoil(archive: Path) -> None:
    """Writes zeros over the middle of every response."""
    places = [item.archived for item in read_archive(archive) if isinstance(item, Page) and item.archived]
    with archive.open("r+b") as file:
        for place in places:
            file.seek(place.offset + place.length // 3)
            file.write(bytes(place.length // 3))


def test_what_lies_in_a_damaged_archive_is_asked_for_again_and_whole(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    spoil(first.archive)
    second = site.crawl()
    assert {path: second.paths.count(path) for path in second.paths} == dict.fromkeys(first.paths, 2)
    assert set(second.answers.values()) == {200}
    assert second.facts == first.facts
    assert second.pages["/samverkan"]["archive_file"] == second.archive.name


def test_a_304_to_a_request_for_the_whole_page_is_a_failure_that_changes_nothing(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    spoil(first.archive)
    site.web.replies = {**web_of(ETAG), "/samverkan": Reply("", 304)}
    second = site.crawl()
    assert second.paths.count("/samverkan") == 2
    assert "http_error" in second.issues
    assert second.coverage["pages_failed"] == 1
    assert second.facts == first.facts
    assert second.pages["/samverkan"]["checked_at"] == first.pages["/samverkan"]["checked_at"]


def test_a_304_from_a_server_that_gave_us_nothing_to_compare_by_confirms_nothing(site: Site) -> None:
    site.web.replies = web_of()
    first = site.crawl()
    site.web.replies = {**web_of(), "/samverkan": Reply("", 304)}
    second = site.crawl()
    assert second.pages["/samverkan"]["checked_at"] == first.pages["/samverkan"]["checked_at"]
    assert second.coverage["pages_failed"] == 1


def test_an_unchanged_page_is_read_again_where_we_read_otherwise(site: Site) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    site.owner = "kommun:1440"
    second = site.crawl()
    assert set(second.answers.values()) == {304}
    assert (first.pages["/samverkan"]["owner_id"], second.pages["/samverkan"]["owner_id"]) == ("org:provkommunen", "kommun:1440")
    assert second.pages["/samverkan"]["archive_file"] == first.archive.name


@pytest.mark.parametrize("headers", [(), (ETAG,)], ids=["plain", "etag"])
def test_a_page_that_moved_keeps_its_identity(site: Site, headers: Headers) -> None:
    site.web.replies = web_of(*headers)
    first = site.crawl()
    moved = Reply("", 301, (("Location", "/nya/samverkan"),))
    site.web.replies = {**web_of(*headers), "/samverkan": moved, "/nya/samverkan": Reply(GOOD_PAGE, headers=headers)}
    second, third = site.crawl(), site.crawl()
    assert second.pages.keys() == {"/", "/nya/samverkan"}
    assert {crawled.pages["/nya/samverkan"]["page_id"] for crawled in (second, third)} == {first.pages["/samverkan"]["page_id"]}
    assert third.facts == second.facts == first.facts


def test_known_pages_come_first_and_those_not_looked_at_for_longest_before_the_others(site: Site) -> None:
    known = [f"/samverkan/{name}" for name in "abc"]
    site.web.replies = {"/": link_page(*known), **dict.fromkeys(known, GOOD_PAGE)}
    site.crawl()
    assert [path for path in site.crawl().paths if path != "/robots.txt"][:3] == known
    rounds = [[path for path in site.crawl(SAMVERKAN_MAX_PAGES=1).paths if path in known] for _ in range(4)]
    assert rounds == [[path] for path in (*known, known[0])]


@pytest.mark.parametrize("etag", ['W/"a"', "a", '"n\xe4t\x7f, \xa0"', "n\xe4t\xa0", '""', '"a-gzip"'])
def test_an_etag_goes_back_as_it_came(site: Site, etag: str) -> None:
    site.web.replies = web_of(("ETag", etag))
    site.crawl()
    assert set(site.crawl().answers.values()) == {304}


@pytest.mark.parametrize("outage", [Reply("", 503), Reply("", 0)], ids=["busy", "dropped"])
def test_after_an_outage_only_changes_are_asked_for(site: Site, outage: Reply) -> None:
    site.web.replies = web_of(ETAG)
    first = site.crawl()
    site.web.replies = {**web_of(ETAG), "/samverkan": outage}
    assert site.crawl(RETRY_TIMES=0).facts == first.facts
    site.web.replies = web_of(ETAG)
    third = site.crawl()
    assert third.answers["/samverkan"] == 304
    assert third.facts == first.facts


def test_a_page_to_which_nothing_leads_any_more_is_asked_for_in_the_end_and_leaves_when_it_is_gone(site: Site) -> None:
    site.web.replies = {**web_of(), "/": link_page("/om-oss"), "/om-oss": "<p>Ring Eva Ek, 08-465 004 01.</p>"}
    assert "/om-oss" in site.crawl().pages
    site.web.replies = web_of()
    assert "/om-oss" not in site.crawl().answers
    second, third = site.crawl(SAMVERKAN_TRUST_DAYS=0), site.crawl(SAMVERKAN_TRUST_DAYS=0)
    assert (second.answers["/om-oss"], third.answers["/om-oss"]) == (404, 404)
    assert "/om-oss" in second.pages
    assert "/om-oss" not in third.pages
