"""How long a crawl will take yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.time_left import SiteUnderWay, estimate_time_left, show_rough_duration

SECONDS = st.floats(0, 1e7)
SITES = st.builds(SiteUnderWay, SECONDS, st.integers(0, 10_000), st.integers(0, 10_000))


@pytest.mark.parametrize(
    ("took", "under_way", "waiting", "left"),
    [
        ([60, 60], [], 5, None),  # too few are done to know
        ([60, 60, 60], [], 0, 0),
        ([60, 60, 60], [], 2, 120),  # one after the other
        ([60] * 10, [SiteUnderWay(0, 0, 60)] * 4, 0, 60),
        ([60] * 10, [SiteUnderWay(0, 0, 60)] * 4, 8, 180),  # four at a time: those under way, then two rounds
        ([10] * 100, [SiteUnderWay(500, 50, 60)], 0, 100),  # a slow one at its own pace: 10 pages of 10 s
        ([10] * 100, [SiteUnderWay(500, 70, 60)], 0, 0),  # its own budget is larger than we know
        ([10] * 50, [SiteUnderWay(500, 0, 60)], 0, 20),  # nothing came of it: as long as a site takes
    ],
)
def test_the_sites_that_are_done_foretell_the_others(took: list[float], under_way: list[SiteUnderWay], waiting: int, left: float) -> None:
    assert estimate_time_left(took, under_way, waiting) == left


def test_short_sites_that_are_done_first_do_not_promise_too_much() -> None:
    first_done = estimate_time_left([1, 1, 1], [SiteUnderWay(90, 30, 60)] * 16, 300)
    assert first_done is not None
    assert first_done > 300 * 90 / 16


@given(st.lists(SECONDS), st.lists(SITES), st.integers(0, 10_000))
def test_an_estimate_is_never_negative_and_always_shown(took: list[float], under_way: list[SiteUnderWay], waiting: int) -> None:
    left = estimate_time_left(took, under_way, waiting)
    assert left is None or (left >= 0 and show_rough_duration(left))


@given(st.lists(SECONDS, min_size=3), st.lists(SITES), st.integers(0, 10_000), st.integers(1, 100))
def test_more_sites_never_take_less_time(took: list[float], under_way: list[SiteUnderWay], waiting: int, more: int) -> None:
    few, many = (estimate_time_left(took, under_way, number) for number in (waiting, waiting + more))
    assert few is not None
    assert many is not None
    assert few <= many


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (29, "less than a minute"),
        (40, "about 1 min"),
        (3569, "about 59 min"),
        (3571, "about 1 h"),
        (4700, "about 1 h 20 min"),
        (7100, "about 2 h"),
        (90_000, "about 25 h"),
    ],
)
def test_an_estimate_in_words(seconds: float, words: str) -> None:
    assert show_rough_duration(seconds) == words
