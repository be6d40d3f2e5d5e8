"""How far a crawl has come, in words."""

from math import inf

from samverkan.crawl_state import CrawlState, tell_figures, tell_time, tell_troubles
from schemas.visit import SiteVisit


def look(visits: dict[str, SiteVisit], *, finished: set[str] | None = None, chosen: int = 9, end: float = inf) -> CrawlState:
    """A crawl that began a minute ago, looked at when it began and now."""
    state = CrawlState(0, budget=60, end=end)
    state.observe(0, {site_id: SiteVisit(site_id, "incomplete") for site_id in visits}, set(), chosen)
    state.observe(60, visits, finished or set(), chosen)
    return state


def test_all_figures_are_told() -> None:
    visits = {
        "ale": SiteVisit("ale", pages_fetched=1200, pages_unchanged=300, requests=1600),
        "lerum": SiteVisit("lerum", "incomplete", requests=1),
    }
    figures = tell_figures(look(visits, finished={"ale"}), 60, facts=5310)
    assert figures == ["1 of 9 sites done, 1 under way", "1,500 pages (300 unchanged), 25.0 a second, 1,601 requests, 5,310 facts"]


def test_a_rate_is_that_of_the_last_minute() -> None:
    state = look({"ale": SiteVisit("ale", pages_fetched=600)})
    state.observe(110, {"ale": SiteVisit("ale", pages_fetched=600)}, set(), 1)
    state.observe(125, {"ale": SiteVisit("ale", pages_fetched=600)}, set(), 1)
    assert state.pages_per_second(125) == 0


def test_the_time_left_is_told_once_enough_sites_are_done() -> None:
    visits = {site_id: SiteVisit(site_id) for site_id in ("ale", "lerum", "tjorn")}
    assert tell_time(look(visits, finished={"ale"}), 60) == "1 min 0 s"
    assert tell_time(look(visits, finished=set(visits)), 60) == "1 min 0 s, about 6 min left"
    assert tell_time(look(visits, finished=set(visits), end=180), 60) == "1 min 0 s, about 2 min left"


def test_sites_done_before_a_crawl_was_resumed_foretell_nothing() -> None:
    state = CrawlState(0, budget=60, end=inf)
    visits = {site_id: SiteVisit(site_id) for site_id in ("ale", "lerum", "tjorn")}
    state.observe(0, visits, set(visits), 9)
    assert state.time_left(0) is None


def test_the_last_sites_in_trouble_are_told_in_few_words() -> None:
    bad = {f"s{number}": SiteVisit(f"s{number}", "unreachable", first_error="https://s.se/: no answer in time") for number in range(6)}
    told = tell_troubles(look({"ale": SiteVisit("ale", pages_fetched=5, pages_failed=2, first_error="HTTP 404 for https://ale.se/")} | bad))
    assert told == ["6 sites in trouble", *(f"  s{number}: no answer in time" for number in (5, 4, 3, 2))]


def test_a_site_at_which_more_fails_than_comes_is_in_trouble_while_it_is_crawled() -> None:
    visit = SiteVisit("ale", "incomplete", pages_fetched=2, pages_failed=3, first_error="HTTP 503 for https://ale.se/a")
    assert tell_troubles(look({"ale": visit})) == ["1 site in trouble", "  ale: HTTP 503"]
