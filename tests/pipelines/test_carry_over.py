from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from pipelines.run import Run
from schemas.page import Page
from tests.pipelines.small_pages import GR, GR_TEXT, NOON, SITES, make_page, run_pages

OTHER = make_page("https://partille.se/samverkan", "Tolkförmedling Väst: Partille kommun")


def later(hours: float) -> Page:
    """The other page, fetched again: a run needs one readable page."""
    return make_page(OTHER.url, OTHER.body.decode(), hours=hours)


def read(run: Run, dataset: str) -> pd.DataFrame:
    return pd.read_parquet(run.folder / f"{dataset}.parquet")


def urls(run: Run) -> set[str]:
    return set(read(run, "pages").url)


def missing(hours: float, status: int = 404) -> Page:
    return make_page(GR, status=status, hours=hours)


def test_a_page_not_fetched_keeps_its_rows_as_they_were(tmp_path: Path) -> None:
    first = run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    second = run_pages(tmp_path, later(24), run_id="2")
    before, after = (read(run, "members").drop(columns="run_id") for run in (first, second))
    pd.testing.assert_frame_equal(before, after)
    page = read(second, "pages").set_index("url").loc[GR]
    assert (page.fetched_at, page.checked_at) == (NOON, NOON)
    coverage = read(second, "coverage").set_index("site_id")
    assert coverage.outcome.to_dict() == {"ale": "not_visited", "partille": "facts"}
    assert coverage.last_success_at.to_dict() == {"ale": NOON, "partille": NOON + timedelta(hours=24)}


def test_what_was_carried_over_stands_in_the_books(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    second = run_pages(tmp_path, later(24), run_id="2")
    balance = second.manifest.datasets["members"].balance
    assert balance is not None
    assert (balance.carried_over, balance.extracted, balance.stored) == (2, 1, 3)
    assert second.manifest.previous_run_id == "1"


def test_an_outage_over_three_runs_removes_nothing(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    run_pages(tmp_path, later(24), missing(24, status=503), run_id="2")
    assert urls(run_pages(tmp_path, later(48), missing(48, status=503), run_id="3")) == {GR, OTHER.url}


def test_404_removes_a_page_in_the_second_run_in_a_row(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    assert GR in urls(run_pages(tmp_path, later(24), missing(24), run_id="2"))
    third = run_pages(tmp_path, later(48), missing(48), run_id="3")
    assert urls(third) == {OTHER.url}
    assert "kommun:1440" not in set(read(third, "members").member_id)


@pytest.mark.parametrize("between", [(), (make_page(GR, status=503, hours=48),), (make_page(GR, GR_TEXT, hours=48),)])
def test_404_in_two_runs_not_in_a_row_removes_nothing(tmp_path: Path, between: tuple[Page, ...]) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    run_pages(tmp_path, later(24), missing(24), run_id="2")
    run_pages(tmp_path, later(48), *between, run_id="3")
    assert GR in urls(run_pages(tmp_path, later(72), missing(72), run_id="4"))


@pytest.mark.parametrize("wall", ["Sidan hittades inte", "Vi använder kakor", "Verifiera att du är människa", "Vi utför underhåll"])
def test_a_page_that_answers_without_being_there_removes_nothing(tmp_path: Path, wall: str) -> None:
    page = "<h1>Samverkan</h1><p>Göteborgsregionen: Ale kommun och Partille kommun är medlemmar i Göteborgsregionen.</p>"
    for run_id, html in (("1", page), ("2", f"<h1>{wall}</h1>")):
        with Run.open(tmp_path, kind="crawl", run_id=run_id, sites=SITES) as run:
            run.add_page(make_page(GR, html))
            run.add_page(make_page(OTHER.url, page))
            run.finish()
    assert len(read(run, "members")) == 4
    assert set(read(run, "issues").code) & {"soft_404", "page_walled"}
    assert read(run, "coverage").set_index("site_id").outcome.to_dict() == {"ale": "failed", "partille": "facts"}


def test_410_removes_a_page_at_once(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    second = run_pages(tmp_path, later(24), missing(24, status=410), run_id="2")
    assert urls(second) == {OTHER.url}
    assert set(read(second, "organisations").organisation_id) == {"kommun:1402", *read(second, "members").organisation_id}


def test_a_page_fetched_again_replaces_its_rows(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    second = run_pages(tmp_path, make_page(GR, "Göteborgsregionen: Ale kommun", hours=24), run_id="2")
    assert read(second, "members").member_id.tolist() == ["kommun:1440"]


def test_a_page_that_its_site_confirms_keeps_its_rows(tmp_path: Path) -> None:
    first = make_page(GR, GR_TEXT)
    run_pages(tmp_path, first, run_id="1")
    second = run_pages(tmp_path, replace(first, checked_at=NOON + timedelta(hours=24)), run_id="2")
    page = read(second, "pages").iloc[0]
    assert (page.fetched_at, page.checked_at) == (NOON, NOON + timedelta(hours=24))
    coverage = read(second, "coverage").set_index("site_id").loc["ale"]
    assert (coverage.outcome, coverage.pages_unchanged) == ("facts", 1)


def test_a_304_to_a_request_for_the_whole_page_confirms_nothing(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    second = run_pages(tmp_path, make_page(GR, status=304, hours=24), OTHER, run_id="2")
    page = read(second, "pages").set_index("url").loc[GR]
    assert (page.fetched_at, page.checked_at) == (NOON, NOON)
    assert "http_error" in set(read(second, "issues").code)


def test_a_page_that_breaks_its_parser_keeps_what_was_known(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    second = run_pages(tmp_path, later(24), make_page(GR, "!", hours=24), run_id="2")
    assert GR in urls(second)
    assert "parser_failed" in set(read(second, "issues").code)


def test_a_page_that_moved_keeps_its_identity(tmp_path: Path) -> None:
    first = run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    moved = "https://ale.se/samverkan/gr"
    second = run_pages(tmp_path, make_page(moved, GR_TEXT, hours=24, asked=GR), run_id="2")
    third = run_pages(tmp_path, make_page(moved, GR_TEXT, hours=48), run_id="3")
    assert urls(second) == urls(third) == {moved}
    assert len({read(run, "pages").page_id[0] for run in (first, second, third)}) == 1


def test_a_redirect_to_the_start_page_removes_nothing(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    second = run_pages(tmp_path, make_page("https://ale.se/", "Välkommen", hours=24, asked=GR), run_id="2")
    assert urls(second) == {GR, "https://ale.se/"}
    assert len(read(second, "members")) == 2


def test_a_page_that_moved_onto_a_known_one_is_that_one(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    second = run_pages(tmp_path, make_page(OTHER.url, OTHER.body.decode(), hours=24, asked=GR), run_id="2")
    assert urls(second) == {OTHER.url}


def test_a_failed_run_is_no_state_of_knowledge(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), OTHER, run_id="1")
    with pytest.raises(Exception, match="no readable page"):
        run_pages(tmp_path, missing(24), run_id="2")
    assert GR in urls(run_pages(tmp_path, later(48), missing(48), run_id="3"))


def test_carrying_over_twice_changes_nothing(tmp_path: Path) -> None:
    text = GR_TEXT + "\nAntal: 13 kommuner\nKontakt: Eva Ek, +46317012345"
    run_pages(tmp_path, make_page(GR, text), OTHER, run_id="1")
    second, third = (run_pages(tmp_path, later(24), run_id=run_id) for run_id in ("2", "3"))
    for dataset, table in second.manifest.datasets.items():
        assert table.content_sha256 == third.manifest.datasets[dataset].content_sha256, dataset
