"""Which address comes next."""

from hypothesis import given
from hypothesis import strategies as st

from spiders.frontier import Candidate, Frontier
from spiders.links import Link

START = "https://ale.se/"


def begin(budget: int = 10, max_depth: int = 5) -> tuple[Frontier, Candidate]:
    frontier = Frontier(budget, max_depth)
    frontier.add_start(START)
    first = frontier.take()
    assert first
    assert first.url == START
    return frontier, first


def take_all(frontier: Frontier) -> list[str]:
    return [candidate.url for candidate in iter(frontier.take, None)]


def test_the_best_comes_first_and_at_equal_points_the_earlier() -> None:
    frontier, start = begin()
    for path in ("klimat", "om-oss", "forskola", "samverkan"):
        frontier.add_link(Link(f"https://ale.se/{path}", ""), start)
    assert [url.rpartition("/")[2] for url in take_all(frontier)] == ["samverkan", "om-oss", "klimat"]


def test_at_equal_points_fewer_links_from_the_start_come_first() -> None:
    frontier, start = begin()
    frontier.add_link(Link("https://ale.se/samverkan/1", "samverkan"), Candidate("x", 10, 2))
    frontier.add_link(Link("https://ale.se/samverkan/2", "samverkan"), start)
    assert take_all(frontier) == ["https://ale.se/samverkan/2", "https://ale.se/samverkan/1"]


def test_each_address_is_handed_out_once_however_it_is_written() -> None:
    frontier, start = begin()
    for url in ("https://ale.se/natverk", "http://www.ale.se/natverk#kontakt", "https://ALE.se/natverk?utm_source=x", "https://ale.se/"):
        frontier.add_link(Link(url, ""), start)
    assert take_all(frontier) == ["https://ale.se/natverk"]
    assert frontier.seen == 2


def test_parameters_tell_pages_apart_but_not_their_order() -> None:
    frontier, start = begin()
    for url in ("https://ale.se/natverk?a=1&b=2", "https://ale.se/natverk?b=2&a=1", "https://ale.se/natverk?a=2"):
        frontier.add_link(Link(url, ""), start)
    assert len(take_all(frontier)) == 2


def test_the_budget_ends_it_and_tells_what_is_left() -> None:
    frontier, start = begin(budget=2)
    for number in range(3):
        frontier.add_link(Link(f"https://ale.se/natverk/{number}", "natverk"), start)
    assert len(take_all(frontier)) == 1
    assert frontier.good_left


def test_only_sections_left_is_nothing_good_left() -> None:
    frontier, start = begin(budget=1)
    frontier.add_link(Link("https://ale.se/politik", ""), start)
    assert frontier.take() is None
    assert not frontier.good_left


def test_what_promises_nothing_is_not_asked_for() -> None:
    frontier, start = begin()
    for path in ("cookies", "nyheter/ny-lekplats", "forskola", "lediga-jobb"):
        frontier.add_link(Link(f"https://ale.se/{path}", ""), start)
    assert take_all(frontier) == []
    assert frontier.seen == 5


def test_what_lies_below_a_page_that_promises_collaboration_is_asked_for_whatever_it_is_called() -> None:
    frontier, start = begin()
    frontier.add_link(Link("https://ale.se/samverkan", ""), start)
    parent = frontier.take()
    assert parent
    for url in ("https://ale.se/samverkan/xyz", "https://ale.se/4711", "https://ale.se/forskola"):
        frontier.add_link(Link(url, ""), parent)
    assert take_all(frontier) == ["https://ale.se/samverkan/xyz", "https://ale.se/4711"]


def test_an_opaque_address_lies_below_the_first_page_that_links_to_it() -> None:
    frontier, start = begin()
    frontier.add_link(Link("https://ale.se/4711", "Läs mer"), start)
    frontier.add_link(Link("https://ale.se/4711", "Mer"), Candidate("https://ale.se/samverkan", 10, 1))
    assert take_all(frontier) == []


def test_sections_are_opened_until_nothing_has_come_of_them_for_a_while() -> None:
    frontier, start = begin(budget=50)
    for number in range(30):
        frontier.add_link(Link(f"https://ale.se/{'abcdefghijklmnopqrstuvwxyzåäö-'[number]}-klimat", ""), start)
    frontier.add_link(Link("https://ale.se/politik", ""), start)
    first = [frontier.take() for _ in range(3)]
    assert all(first)
    frontier.add_link(Link("https://ale.se/sist/samverkan", ""), start)
    assert frontier.take() == Candidate("https://ale.se/sist/samverkan", 10, 1)
    assert len(take_all(frontier)) == 3


def test_a_section_whose_pages_are_known_is_not_opened_for_them() -> None:
    frontier, start = begin()
    for path in ("klimat", "klimat/a", "klimat/b", "klimat/c", "omsorg", "omsorg/a"):
        frontier.add_link(Link(f"https://ale.se/{path}", ""), start)
    assert "https://ale.se/klimat" not in take_all(frontier)
    assert "https://ale.se/omsorg" not in take_all(frontier)


def test_filters_of_one_list_are_asked_for_a_few_times() -> None:
    frontier, start = begin(budget=50)
    for number in range(20):
        frontier.add_link(Link(f"https://ale.se/samarbeten?omrade={number}", ""), start)
    assert len(take_all(frontier)) == 3


def test_what_is_deeper_than_allowed_is_seen_but_not_asked_for() -> None:
    frontier, _ = begin(max_depth=2)
    frontier.add_link(Link("https://ale.se/samverkan", ""), Candidate("x", 10, 2))
    assert take_all(frontier) == []
    assert frontier.seen == 2


def test_of_a_sitemap_only_what_looks_like_collaboration_is_kept() -> None:
    frontier, _ = begin()
    for path in ("bygga/altan", "om-oss", "samverkan", "samverkan.pdf"):
        frontier.add_listed(f"https://ale.se/{path}")
    assert take_all(frontier) == ["https://ale.se/samverkan"]
    assert frontier.seen == 5


def test_a_listed_address_is_followed_all_the_same_where_a_page_links_to_it() -> None:
    frontier, start = begin()
    frontier.add_listed("https://ale.se/organisation")
    frontier.add_link(Link("https://ale.se/organisation", ""), start)
    assert take_all(frontier) == ["https://ale.se/organisation"]


def test_the_best_words_decide_when_an_address_comes() -> None:
    frontier, start = begin()
    frontier.add_link(Link("https://ale.se/1", "läs mer"), start)
    frontier.add_link(Link("https://ale.se/natverk", ""), start)
    frontier.add_link(Link("https://ale.se/1", "våra samarbeten"), start)
    assert take_all(frontier) == ["https://ale.se/1", "https://ale.se/natverk"]


def test_a_redirect_to_a_page_that_waits_takes_its_turn() -> None:
    frontier, start = begin()
    frontier.add_link(Link("https://ale.se/natverk", ""), start)
    assert frontier.take_redirect("https://ale.se/gammal", "https://ale.se/natverk")
    assert take_all(frontier) == []
    assert not frontier.good_left


def test_a_redirect_to_a_page_that_had_its_turn_is_not_followed() -> None:
    frontier, _ = begin()
    assert not frontier.take_redirect("https://ale.se/gammal", "https://www.ale.se/")


def test_a_redirect_to_https_of_the_same_address_is() -> None:
    frontier, _ = begin()
    assert frontier.take_redirect("http://ale.se/", "https://www.ale.se/")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "samverkan", "nätverk", "politik", "kakor"]))), st.integers(0, 8))
def test_whatever_is_found_each_address_comes_once_within_the_budget(found: list[tuple[str, str]], budget: int) -> None:
    frontier, start = begin(budget=budget + 1)
    for path, words in found:
        frontier.add_link(Link(f"https://ale.se/{path}", words), start)
    taken = take_all(frontier)
    assert len(taken) == len(set(taken)) <= budget


def test_sitemaps_without_end_are_taken_in_part() -> None:
    frontier = Frontier(budget=10, max_depth=5)
    for number in range(100_500):
        frontier.add_listed(f"https://x.se/{number}")
    assert frontier.seen == 100_000
