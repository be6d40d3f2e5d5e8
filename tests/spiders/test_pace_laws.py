"""What a host sees: never two requests at once, never one before its delay is over, whoever asks and for whatever."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, SmallWeb, link_page, serve_small_web

PAGES: Replies = {
    "/": link_page(*(f"/samverkan/{n}" for n in range(4))),
    **{f"/samverkan/{n}": Reply("<p>x", wait=0.05) for n in range(4)},
    "/samverkan/1": [Reply("", 503), Reply("<p>x")],
    "/samverkan/2": [Reply("", 0), Reply("<p>x")],
}


def gaps(web: SmallWeb) -> list[float]:
    """Seconds between the end of an answer and the next request."""
    return [later.begun - earlier.ended for earlier, later in pairwise(sorted(web.exchanges, key=lambda exchange: exchange.begun))]


@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_retries_robots_txt_and_sitemaps_take_their_turn_too(tmp_path: Path, delay: float) -> None:
    with serve_small_web(PAGES) as web:
        crawl(tmp_path, site_row("prov", web.root), DOWNLOAD_DELAY=delay)
    assert web.paths.count("/samverkan/1") == 2
    assert web.paths.count("/samverkan/2") == 2
    assert min(gaps(web)) >= delay


def test_sites_that_share_a_host_take_turns(tmp_path: Path) -> None:
    replies: Replies = {f"/{site}/{path}": Reply(link_page("samverkan"), wait=0.1) for site in "abcd" for path in ("", "samverkan")}
    with serve_small_web(replies) as web:
        rows = "".join(site_row(f"prov{site}", f"{web.root}{site}/", scope=[f"{web.root}{site}/"]) for site in "abcd")
        result = crawl(tmp_path, rows, DOWNLOAD_DELAY=0)
    assert len(result.pages) == 8
    assert min(gaps(web)) >= 0


def test_a_slow_host_is_asked_more_slowly(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan", "/natverk"), **dict.fromkeys(["/samverkan", "/natverk"], Reply("<p>x", wait=0.4))}
    with serve_small_web(replies) as web:
        crawl(tmp_path, site_row("prov", web.root))
    after = {exchange.path: exchange.ended for exchange in web.exchanges}
    begun = {exchange.path: exchange.begun for exchange in web.exchanges}
    assert begun["/natverk"] - after["/samverkan"] >= 0.35


def test_a_host_gets_no_more_than_its_requests_of_a_day_in_all_crawls_together(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page(*(f"/samverkan/{n}" for n in range(9))), **{f"/samverkan/{n}": "<p>x" for n in range(9)}}
    with serve_small_web(replies) as web:
        first = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_DAILY_REQUESTS=5)
        assert len(web.paths) == 5
        second = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_DAILY_REQUESTS=6, SAMVERKAN_RUN_ID="b")
        assert len(web.paths) == 6
    assert first.visits["prov"].outcome == "incomplete"
    assert ("budget_spent", f"{web.root}samverkan/2") in first.codes
    assert second.pages == []


def test_a_site_is_left_after_failures_in_a_row(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page(*(f"/samverkan/{n}" for n in range(9))), **{f"/samverkan/{n}": Reply("", 0) for n in range(9)}}
    with serve_small_web(replies) as web:
        result = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_GIVE_UP_AFTER=3, RETRY_TIMES=0)
    assert sum("samverkan" in path for path in web.paths) == 3
    visit = result.visits["prov"]
    assert (visit.outcome, visit.pages_fetched, visit.pages_failed) == ("incomplete", 1, 3)
    assert "3 requests in a row failed; 6 addresses" in result.troubles[-1].issue.message


def test_pages_that_are_missing_are_no_failures_of_the_host(tmp_path: Path) -> None:
    with serve_small_web({"/": link_page(*(f"/samverkan/{n}" for n in range(9)))}) as web:
        result = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_GIVE_UP_AFTER=3)
    assert len(result.pages) == 10
    assert result.visits["prov"].outcome is None
