"""Which pages a run tells to have come, gone, moved or changed; every page is read by the real parsers."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.keys import Row
from pipelines.run import Run
from review.page_changes import find_page_changes
from review.review import RunReview
from schemas.manifest import read_manifest
from schemas.page import Page
from schemas.review import Candidate
from schemas.tables import read_rows, write_rows
from tests.pipelines.small_pages import NOON, SITES, make_page

URL = "https://ale.se/samverkan"
OTHER = "https://partille.se/om"
TEXT = "<p>Rådet består av Ale kommun och Partille kommun.</p><p>Ordförande är Eva Ekdal, 0303-33 00 12.</p>"


def page(main: str = TEXT, url: str = URL, *, day: int = 1, asked: str | None = None) -> Page:
    """A page about a council, of a day."""
    html = f"<html><head><title>x</title></head><body><main><h1>Regionalt råd</h1>{main}</main></body></html>"
    return make_page(url, html, hours=24 * day, asked=asked)


def missing(day: int, status: int = 404, url: str = URL) -> Page:
    return make_page(url, status=status, hours=24 * day)


def run_days(output: Path, *days: list[Page], kind: str = "crawl") -> Run:
    """The last of several runs, one of each day's pages; another page is there every day."""
    for number, pages in enumerate(days, 1):
        with Run.open(output, kind=kind, run_id=str(number), sites=SITES, options={"names": "ale"}, reviewer=RunReview()) as run:
            for item in (page("<p>Om oss</p>", OTHER), *pages):
                run.add_page(item)
            run.finish()
    return run


def changes_of(run: Run) -> list[Row]:
    return read_rows(run.folder / "page_changes.parquet")


def verdicts(run: Run) -> list[tuple[str, str, str | None]]:
    return [(row["change"], row["url"], row["previous_url"]) for row in changes_of(run)]


def test_a_first_run_tells_of_no_change(tmp_path: Path) -> None:
    assert changes_of(run_days(tmp_path, [page()])) == []


def test_the_same_page_again_is_no_change(tmp_path: Path) -> None:
    assert changes_of(run_days(tmp_path, [page()], [page(day=2)])) == []


@pytest.mark.parametrize(
    "noise",
    [
        f"{TEXT}<p>Senast uppdaterad: 4 januari 2024</p>",
        f"<p>Lyssna</p>{TEXT}<p>Visad 1 234 gånger</p>",
        f"<div>{TEXT.replace('<p>', '<div>').replace('</p>', '</div>')}</div>",
        "<p>Ordförande är Eva Ekdal, 0303-33 00 12.</p><p>Rådet består av Ale kommun och Partille kommun.</p>",
        "<p>Rådet består av Ale kommun och Partille kommun. Ordförande är Eva Ekdal, 0303-33&nbsp;00&nbsp;12.</p>",
    ],
    ids=["updated", "tools", "theme", "order", "lines"],
)
def test_noise_is_no_change(tmp_path: Path, noise: str) -> None:
    assert changes_of(run_days(tmp_path, [page()], [page(noise, day=2)])) == []


def test_a_change_tells_what_was_added_and_removed(tmp_path: Path) -> None:
    run = run_days(tmp_path, [page()], [page(TEXT.replace("12.", "13."), day=2)])
    [row] = changes_of(run)
    expected = {
        "change": "changed",
        "url": URL,
        "previous_url": URL,
        "title": "Regionalt råd",
        "site_id": "ale",
        "added": "Ordförande är Eva Ekdal, 0303-33 00 13.",
        "removed": "Ordförande är Eva Ekdal, 0303-33 00 12.",
        "previous_run_id": "1",
        "run_id": "2",
    }
    assert row.items() >= expected.items()
    assert row["diff"].split("\n") == [
        "@@ -2,2 +2,2 @@",
        " Rådet består av Ale kommun och Partille kommun.",
        "-Ordförande är Eva Ekdal, 0303-33 00 12.",
        "+Ordförande är Eva Ekdal, 0303-33 00 13.",
    ]
    assert 0.9 < row["similarity"] < 1
    assert (row["previous_fetched_at"], row["fetched_at"]) == (NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert row["previous_archive_offset"] == row["archive_offset"] is not None
    assert run.manifest.changes["page_changes"] == {"changed": 1}


@pytest.mark.parametrize(
    ("address", "is_move"),
    [
        ("https://ale.se/kommun/rad", True),
        ("http://ale.se/samverkan", False),
        ("https://www.ale.se/samverkan", False),
        ("https://ale.se/samverkan/", False),
        ("https://ALE.se/samverkan", False),
        ("https://ale.se/samverkan?utm_source=brev", False),
    ],
)
def test_a_redirect_is_a_move_where_the_address_is_another(tmp_path: Path, address: str, is_move: bool) -> None:
    run = run_days(tmp_path, [page()], [page(url=address, day=2, asked=URL)])
    assert verdicts(run) == ([("moved", address, URL)] if is_move else [])
    for row in changes_of(run):
        assert (row["similarity"], row["added"], row["removed"], row["diff"]) == (1, None, None, None)


def test_a_page_that_calls_itself_as_before_has_not_moved(tmp_path: Path) -> None:
    linked = f'{TEXT}<link rel="canonical" href="{URL}">'
    assert changes_of(run_days(tmp_path, [page(linked)], [page(linked, url=f"{URL}?sida=1", day=2)])) == []


def test_a_page_that_was_not_known_is_new(tmp_path: Path) -> None:
    assert verdicts(run_days(tmp_path, [], [page(day=2)])) == [("new", URL, None)]


@pytest.mark.parametrize("kind", ["crawl", "extract"])
def test_a_page_is_gone_that_its_site_says_is_gone(tmp_path: Path, kind: str) -> None:
    run = run_days(tmp_path, [page()], [missing(2, 410)], kind=kind)
    assert verdicts(run) == [("gone", URL, URL)]
    assert changes_of(run)[0]["previous_fetched_at"] == NOON + timedelta(days=1)


def test_a_page_is_gone_that_a_crawl_misses_twice(tmp_path: Path) -> None:
    assert verdicts(run_days(tmp_path, [page()], [missing(2)])) == []
    assert verdicts(run_days(tmp_path / "again", [page()], [missing(2)], [missing(3)])) == [("gone", URL, URL)]


@pytest.mark.parametrize("then", [[], [missing(2, 503)], [missing(2)]], ids=["not asked", "outage", "404 once"])
@pytest.mark.parametrize("kind", ["crawl", "extract"])
def test_a_page_that_could_not_be_looked_at_is_not_gone(tmp_path: Path, kind: str, then: list[Page]) -> None:
    assert changes_of(run_days(tmp_path, [page()], then, kind=kind)) == []


def test_another_address_behind_a_link_is_a_change_without_a_diff(tmp_path: Path) -> None:
    before, after = (f"{TEXT}<p>Eva Ekdal, <a href='mailto:{name}@ale.se'>mejla</a></p>" for name in ("eva.ekdal", "rad"))
    [row] = changes_of(run_days(tmp_path, [page(before)], [page(after, day=2)]))
    assert (row["change"], row["similarity"], row["added"], row["diff"]) == ("changed", 1, None, None)
    assert row["facts_changed"] >= 1


def test_an_updated_date_alone_is_no_changed_page(tmp_path: Path) -> None:
    before, after = (f"{TEXT}<p>Senast uppdaterad: {day} januari 2024</p>" for day in (4, 5))
    run = run_days(tmp_path, [page(before)], [page(after, day=2)])
    assert changes_of(run) == []
    assert [row["column"] for row in read_rows(run.folder / "changes.parquet") if row["dataset"] == "pages"] == ["updated_on"]


def review_again(run: Run, *changes: Row) -> list[Row]:
    """The page changes of a run whose facts changed so."""
    previous = run.folder.parent / "1"
    common = {"change": "changed", "before": "a", "after": "b", "url": URL, "previous_run_id": "1", "run_id": "2"}
    write_rows("changes", [common | change for change in changes], run.folder / "changes.parquet")
    candidate = Candidate(run.output, run.folder, read_manifest(run.folder), previous)
    counts = {str(change["page_id"]): 1 for change in changes if change["cause"] == "page"}
    return list(find_page_changes(candidate, counts))


@pytest.mark.parametrize(
    ("dataset", "column", "cause", "is_change"),
    [
        ("pages", "updated_on", "page", False),
        ("pages", "published_on", "page", False),
        ("pages", "title", "page", True),
        ("contacts", "email", "page", True),
        ("contacts", "email", "reading", False),
        ("relations", "since", "page", False),
        ("dates", "edtf", "page", False),
    ],
)
def test_a_page_whose_facts_changed_by_the_page_has_changed(tmp_path: Path, dataset: str, column: str, cause: str, is_change: bool) -> None:
    dated = f"{TEXT}<p>Senast uppdaterad: 4 januari 2024</p>"
    run = run_days(tmp_path, [page(dated)], [page(dated, day=2)])
    [page_id] = [row["page_id"] for row in read_rows(run.folder / "pages.parquet") if row["url"] == URL]
    [date_id] = [row["date_id"] for row in read_rows(run.folder / "dates.parquet")]
    key = json.dumps({"date_id": date_id} if dataset == "dates" else {"page_id": page_id})
    changes = review_again(run, {"dataset": dataset, "column": column, "cause": cause, "page_id": page_id, "key": key})
    assert [(row["change"], row["facts_changed"], row["similarity"], row["diff"]) for row in changes] == (
        [("changed", 1, 1.0, None)] if is_change else []
    )


def test_hashes_of_another_code_make_no_change(tmp_path: Path) -> None:
    run = run_days(tmp_path, [page()], [page(day=2)])
    file = run.folder.parent / "1" / "pages.parquet"
    write_rows("pages", [row | {"content_sha256": "0" * 64} for row in read_rows(file)], file)
    assert review_again(run) == []


def test_a_run_is_compared_with_what_todays_code_reads_in_the_one_before(tmp_path: Path) -> None:
    run = run_days(tmp_path, [page()], [page(day=2)])
    again = tmp_path / "again"
    for dataset in ("pages", "dates"):
        write_rows(dataset, read_rows(run.folder / f"{dataset}.parquet"), again / f"{dataset}.parquet")
    previous = run.folder.parent / "1" / "pages.parquet"
    write_rows("pages", [row | {"text": "Annat", "content_sha256": "0" * 64} for row in read_rows(previous)], previous)
    candidate = Candidate(run.output, run.folder, read_manifest(run.folder), previous.parent)
    assert len(list(find_page_changes(candidate, {}))) == 2
    assert list(find_page_changes(replace(candidate, reread=again), {})) == []


PLACES = [f"https://ale.se/samverkan/{number}" for number in range(8)]


def crawl_site(output: Path, *sides: dict[str, str]) -> list[str]:
    """The addresses of the pages that changed from the one day to the other: url -> what a page has besides its own text."""
    days = [
        [page(f"<p>Avtal {url[-1]} gäller.</p>{extra}", url, day=day) for url, extra in side.items()] for day, side in enumerate(sides, 1)
    ]
    return [row["url"] for row in changes_of(run_days(output, *days))]


BANNER = "<div><p>Glöm inte att anmäla dig till årets höstmarknad på torget.</p></div>"


def test_what_came_to_most_pages_of_a_site_at_once_is_no_change_of_a_page(tmp_path: Path) -> None:
    before = dict.fromkeys(PLACES, "")
    assert crawl_site(tmp_path, before, before | dict.fromkeys(PLACES[:6], BANNER)) == []


def test_what_went_from_most_pages_is_none_either_but_what_is_a_pages_own_is_told(tmp_path: Path) -> None:
    before = dict.fromkeys(PLACES, BANNER)
    assert crawl_site(tmp_path, before, dict.fromkeys(PLACES, "") | {PLACES[3]: "<p>Mötet ställs in.</p>"}) == [PLACES[3]]


@pytest.mark.parametrize("count", [1, 3, 4])
def test_what_came_to_some_pages_of_a_site_is_told_of_each(tmp_path: Path, count: int) -> None:
    before = dict.fromkeys(PLACES, "")
    assert sorted(crawl_site(tmp_path, before, before | dict.fromkeys(PLACES[:count], BANNER))) == PLACES[:count]
