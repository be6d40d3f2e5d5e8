"""How long a crawl will take yet, as far as the sites that are done foretell it."""

from collections.abc import Sequence
from typing import NamedTuple

FEWEST_DONE = 3
"""Sites that must be done before anything is foretold of the others."""


class SiteUnderWay(NamedTuple):
    """A site that is being crawled: since how many seconds, how many of its pages came or failed, and how many may."""

    age: float
    pages: int
    budget: int


def estimate_time_left(took: Sequence[float], under_way: Sequence[SiteUnderWay], waiting: int) -> float | None:
    """Seconds until all sites are done, None where too few are to know. `took`: the seconds of each site that is done.

    The sites left share as many places as are taken now, and the last of them is waited for. The sites done first are the short
    ones; counting the time spent on those under way (the mean of a lifetime of which some are not over) makes up for that.
    """
    if len(took) < FEWEST_DONE:
        return None
    mean = (sum(took) + sum(site.age for site in under_way)) / len(took)
    expected = [expect_rest(site, mean) for site in under_way]
    work = sum(expected) + waiting * mean
    return max(work / (len(under_way) or 1), *expected, 0.0)


def expect_rest(site: SiteUnderWay, mean: float) -> float:
    """Seconds that a site will take yet: what is left of the mean, or, for one that takes longer, of its budget at its own pace."""
    if site.age < mean:
        return mean - site.age
    return max(0, site.budget - site.pages) * site.age / site.pages if site.pages else mean


def show_rough_duration(seconds: float) -> str:
    """What an estimate can bear: "less than a minute", "about 12 min", "about 3 h 20 min"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"about {minutes} min"
    hours, tens = divmod(round(minutes / 10), 6)
    return f"about {hours} h {tens}0 min" if tens else f"about {hours} h"
