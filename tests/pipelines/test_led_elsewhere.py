"""Where all pages of a site lead to one address, none has moved there: what they said stands."""

from pathlib import Path

import pytest

from pipelines.run import Run
from review.review import RunReview
from schemas.page import Page
from schemas.tables import read_rows
from tests.pipelines.small_pages import SITES, make_page, read_lines

START, HOME = "https://ale.se/", "https://ale.se/startsida"
ADDRESSES = [f"https://ale.se/samverkan/{number}" for number in range(3)]


def state(number: int, day: int) -> Page:
    return make_page(ADDRESSES[number], f"Råd {number}: Ale kommun, Partille kommun\nKontakt: Eva Ek, +4631701234{number}", hours=24 * day)


def run_days(output: Path, *days: list[Page]) -> Run:
    for number, pages in enumerate(days, 1):
        options = {"names": "some"}
        with Run.open(output, kind="crawl", run_id=str(number), sites=SITES, options=options, read=read_lines, reviewer=RunReview()) as run:
            for item in pages:
                run.add_page(item)
            run.finish()
    return run


def tell(run: Run) -> list[tuple[str, str]]:
    """What the run tells of the pages that stated facts, and of facts."""
    pages = [(row["change"], row["url"]) for row in read_rows(run.folder / "page_changes.parquet") if row["change"] != "new"]
    return pages + [(row["change"], row["key"]) for row in read_rows(run.folder / "changes.parquet") if row["dataset"] != "pages"]


def see_all(day: int) -> list[Page]:
    return [make_page(HOME, "Välkommen", hours=24 * day, asked=START), *(state(number, day) for number in range(3))]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
@pytest.mark.parametrize("target", ["https://ale.se/inloggning", HOME, ADDRESSES[0]])
def test_pages_that_all_lead_to_one_address_keep_their_facts(tmp_path: Path, target: str, order: tuple[int, ...]) -> None:
    first = make_page(HOME, "Välkommen", hours=24, asked=START)
    text = state(0, 1).body.decode() if target == ADDRESSES[0] else "Logga in"  # a page that states facts goes on to do so
    addresses = [*(ADDRESSES[number] for number in order), "https://ale.se/samverkan/3"]
    led = [make_page(target, text, hours=24, asked=None if address == target else address) for address in addresses]
    before = [*see_all(0), make_page("https://ale.se/samverkan/3", "Råd 3: Ale kommun")]
    assert tell(run_days(tmp_path, before, [first, *led])) == []
    assert tell(run_days(tmp_path / "after", before, [first, *led], see_all(2))) == []


def test_pages_that_lead_where_the_start_page_does_keep_their_facts(tmp_path: Path) -> None:
    led = [make_page(HOME, "Välkommen", hours=24, asked=address) for address in (ADDRESSES[0], START)]
    assert tell(run_days(tmp_path, see_all(0), led)) == []
    assert tell(run_days(tmp_path / "new", see_all(0)[1:], led)) == []


def test_a_page_that_leads_to_another_alone_has_moved(tmp_path: Path) -> None:
    moved = make_page("https://ale.se/nya", state(0, 1).body.decode(), hours=24, asked=ADDRESSES[0])
    assert tell(run_days(tmp_path, see_all(0), [*see_all(1)[:1], moved])) == [("moved", "https://ale.se/nya")]
