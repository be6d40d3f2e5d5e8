"""An outage takes nothing away; a page that is gone does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.answers import on_pages
from tests.mutations.dice import Dice
from tests.mutations.outage import QUICK_OUTAGES, choose_troubles, make_site, measure_outages, serve_outage_web
from tests.spiders.small_web import Reply


def lose_page(code: int) -> Callable[[str], Reply | str]:
    """A site whose start page still leads to a page that is no longer there."""
    start = make_site(0)("/")
    return lambda path: start if path == "/" else Reply("borta", code)


def test_hosts_in_trouble_lose_nothing_and_a_page_that_is_gone_is_lost(tmp_path: Path) -> None:
    with serve_outage_web(tmp_path, 5) as web:
        web.crawl({})
        assert web.crawl(choose_troubles(web, Dice("small"), QUICK_OUTAGES)).losses == []
        missing, gone = on_pages(lose_page(404)), on_pages(lose_page(410))
        first = web.crawl({"host1": missing, "host2": gone})
        assert {loss.split()[0] for loss in first.losses} >= {"gone:", "members", "contacts"}
        assert not any("host1" in loss or "Älv1" in loss for loss in first.losses)
        second = web.crawl({"host1": missing, "host2": gone})
        assert sum(loss.startswith("members") for loss in second.losses) == 3


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_subset_of_hosts_in_trouble_loses_anything(tmp_path: Path, seed: int) -> None:
    assert measure_outages(tmp_path, seed) == []
