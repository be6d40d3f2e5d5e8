"""The benchmarks of crawls run, and tell of every stage. Times are not looked at; memory only in `make soak`, with room."""

import json
from datetime import UTC, datetime

import pytest

from benchmarks import crawl_cost, crawl_memory
from benchmarks.crawl_memory import measure_pages
from benchmarks.crawl_stages import REST, STAGES
from benchmarks.web import PlainWeb
from parsers.reading import read_page
from registry.registry import load_registry
from registry.sites import load_sites
from schemas.page import Page

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_small_crawl_gives_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    crawl_cost.main(["--pages", "50", "--repeats", "1", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert list(summary["stages"]) == ["fetch (bare Scrapy)", REST, *STAGES]
    assert summary["requests"] > summary["pages"] > 5
    assert all(summary["stages"][stage]["ms"] > 0 for stage in STAGES)


def test_two_small_crawls_tell_their_memory(capsys: pytest.CaptureFixture[str]) -> None:
    crawl_memory.main(["--pages", "20", "--json"])
    first, second = json.loads(capsys.readouterr().out)
    assert (first["crawl"], second["crawl"], first["pages"]) == ("first", "unchanged", 20)
    assert 0 < first["crawling"] <= first["ending"]


def test_pages_of_the_plain_web_state_facts_of_every_kind() -> None:
    web, sites, registry = PlainWeb(3, 9), load_sites(), load_registry()
    address = f"http://{web.address(0)}/samverkan/avtal-1"
    page = Page(address, 200, (("Content-Type", "text/html"),), (web.respond(0, "/samverkan/avtal-1") or "").encode(), NOON)
    reading = read_page(page, sites.get("ale"), registry)
    assert all((reading.mentions, reading.members, reading.contacts, reading.dates))


@pytest.mark.soak
def test_memory_does_not_grow_with_the_pages() -> None:
    """When every page's rows were kept in memory until the end, 1,000 pages more took 35 MB more."""
    small, large = (measure_pages(pages)[0] for pages in (1000, 4000))
    assert large.ending < small.ending + 60
