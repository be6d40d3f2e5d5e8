"""What a crawl received lies in its archive, and a crawl of the archive is the crawl again."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.reader import read_archive, read_exchange
from schemas.errors import OutputUnwritable, UsageError
from schemas.page import Page
from spiders.replay import index_archive, replay_settings
from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, gzipped, link_page, serve_small_web

RUN_ID = "20261121T040000Z"
ZIPPED = gzipped("<p>Överenskommelse")
REPLIES: Replies = {
    "/robots.txt": Reply("User-agent: *\nDisallow: /hemligt\nCrawl-delay: 0.2", content_type="text/plain"),
    "/": link_page("/samverkan", "/natverk", "/borta/avtal", "/hemligt", "/om-oss?a=1&b=2", "/latin"),
    "/samverkan": Reply("", 301, (("Location", "/nya/samverkan"),)),
    "/nya/samverkan": Reply(ZIPPED, headers=(("Content-Encoding", "gzip"), ("X-Two", "a"), ("X-Two", "b"))),
    "/natverk": [Reply("", 503), Reply("<p>x")],
    "/om-oss?a=1&b=2": "<p>x",
    "/latin": Reply("<p>nätverk".encode("latin-1"), content_type="text/html; charset=iso-8859-1", headers=(("X-Rubrik", "N\xe4tverk"),)),
}


def archived(folder: Path) -> Path:
    return folder / "archive" / f"{RUN_ID}.warc.gz"


def test_every_response_is_in_the_archive_as_it_was_received(tmp_path: Path) -> None:
    with serve_small_web(REPLIES) as web:
        result = crawl(tmp_path, site_row("prov", web.root))
    kept = [page for page in read_archive(archived(tmp_path)) if isinstance(page, Page)]
    assert [page.url.removeprefix(web.root[:-1]) for page in kept] == web.paths
    assert {503, 301, 404, 200} == {page.status for page in kept}
    by_place = {page.archived: page for page in kept}
    for page in result.pages:
        twin = by_place[page.archived]
        assert (twin.url, twin.status, twin.body, twin.headers, twin.fetched_at) == (
            page.url,
            page.status,
            page.body,
            page.headers,
            page.fetched_at,
        )
    place = next(page.archived for page in kept if page.url.endswith("/nya/samverkan"))
    assert place
    assert read_exchange(place, archived(tmp_path).parent)[2] == ZIPPED


def test_a_replay_is_the_crawl_again_without_network_contact_or_delay(tmp_path: Path) -> None:
    with serve_small_web(REPLIES) as web:
        rows = site_row("prov", web.root)
        live = crawl(tmp_path, rows)
    (tmp_path / "again").mkdir()
    replayed = crawl(tmp_path / "again", rows, **{**replay_settings(archived(tmp_path)), "SAMVERKAN_CONTACT": ""})
    assert [replace(page, archived=None) for page in replayed.pages] == [replace(page, archived=None) for page in live.pages]
    fared = [(visit.pages_seen, visit.pages_fetched, visit.pages_failed, visit.first_error) for visit in replayed.visits.values()]
    assert fared == [(visit.pages_seen, visit.pages_fetched, visit.pages_failed, visit.first_error) for visit in live.visits.values()]
    assert replayed.stats["elapsed_time_seconds"] < 1
    assert len(index_archive(archived(tmp_path / "again"))) == len(index_archive(archived(tmp_path)))


def test_a_replay_does_not_wait_for_anybody(tmp_path: Path) -> None:
    replies: Replies = {
        "/": link_page("/samverkan", "/natverk"),
        "/samverkan": Reply("", 503, (("Retry-After", "400"),)),
        "/natverk": "<p>x",
    }
    with serve_small_web(replies) as web:
        rows = site_row("prov", web.root)
        live = crawl(tmp_path, rows)
    assert live.visits["prov"].pages_failed == 2
    (tmp_path / "again").mkdir()
    replayed = crawl(tmp_path / "again", rows, **replay_settings(archived(tmp_path)))
    assert replayed.visits["prov"].first_error == f"HTTP 503 for {web.root}samverkan"
    assert replayed.stats["elapsed_time_seconds"] < 1


def test_what_the_archive_lacks_is_unreachable_not_gone(tmp_path: Path) -> None:
    with serve_small_web({"/": link_page("/samverkan")}) as web:
        rows = site_row("prov", web.root, max_pages=1)
        crawl(tmp_path, rows)
    more = rows.replace("max_pages = 1", "max_pages = 9") + site_row("borta", "http://127.0.0.77/")
    (tmp_path / "again").mkdir()
    replayed = crawl(tmp_path / "again", more, **replay_settings(archived(tmp_path)))
    assert [page.status for page in replayed.pages] == [200]
    assert replayed.visits["prov"].pages_failed == 1
    assert replayed.visits["borta"].outcome == "unreachable"


def test_an_archive_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="borta"):
        crawl(tmp_path, site_row("prov", "http://127.0.0.1:9/"), **replay_settings(tmp_path / "borta.warc.gz"))


def test_an_archive_that_cannot_be_written_ends_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")
    with serve_small_web({"/": link_page(*(f"/samverkan/{n}" for n in range(9)))}) as web:
        with pytest.raises(OutputUnwritable):
            crawl(tmp_path, site_row("prov", web.root))
        assert web.paths == []


def test_the_archive_of_a_run_is_not_written_over(tmp_path: Path) -> None:
    with serve_small_web({"/": "<p>x"}) as web:
        crawl(tmp_path, site_row("prov", web.root))
        before = archived(tmp_path).read_bytes()
        with pytest.raises(UsageError, match=RUN_ID):
            crawl(tmp_path, site_row("prov", web.root))
    assert archived(tmp_path).read_bytes() == before
