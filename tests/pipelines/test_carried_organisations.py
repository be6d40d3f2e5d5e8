"""What pages say of one organisation against each other: an outage of one of them does not decide between them."""

from itertools import product
from pathlib import Path

import pytest

from pipelines.run import Run
from registry.registry import Registry
from registry.sites import Site
from schemas.facts import Mention, OrganisationFact, Reading
from schemas.page import Page
from schemas.tables import read_rows
from tests.pipelines.small_pages import SITES, make_page, read_lines

SURE, DOUBTFUL = "https://ale.se/saker", "https://ale.se/osaker"


def read_kind(page: Page, site: Site | None, registry: Registry) -> Reading:
    """A page that tells the kind of the network of Väst, more surely on one page than on the other."""
    reading = read_lines(page, site, registry)
    reading.organisations.append(OrganisationFact("org:vast", "Väst", page.body.decode().removeprefix("Väst ")))
    reading.mentions.append(Mention("org:vast", "Väst", 0, 4, "line", 0.9 if page.url == SURE else 0.5))
    return reading


def run_kinds(output: Path, day: int, kinds: dict[str, str]) -> str:
    """What a run says of it, that got these pages."""
    with Run.open(output, kind="crawl", run_id=str(day), sites=SITES, read=read_kind) as run:
        run.add_page(make_page("https://ale.se/hem", "Väst other", hours=24 * day))
        for url, kind in kinds.items():
            run.add_page(make_page(url, f"Väst {kind}", hours=24 * day))
        run.finish()
    [kind] = [row["kind"] for row in read_rows(run.folder / "organisations.parquet") if row["organisation_id"] == "org:vast"]
    return str(kind)


@pytest.mark.parametrize(("down", "then"), [*product((SURE, DOUBTFUL), repeat=2)])
def test_an_outage_of_one_page_leaves_what_the_surer_one_says(tmp_path: Path, down: str, then: str) -> None:
    pages = {SURE: "association", DOUBTFUL: "council"}
    days = [
        pages,
        {url: kind for url, kind in pages.items() if url != down},
        {url: kind for url, kind in pages.items() if url != then},
        pages,
    ]
    assert [run_kinds(tmp_path, day, kinds) for day, kinds in enumerate(days)] == ["association"] * 4


def test_what_the_surer_page_says_anew_counts_also_while_the_other_is_down(tmp_path: Path) -> None:
    run_kinds(tmp_path, 0, {SURE: "association", DOUBTFUL: "council"})
    assert run_kinds(tmp_path, 1, {SURE: "foundation"}) == "foundation"
