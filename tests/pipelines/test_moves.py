"""Pages that moved keep their identity, with or without a redirect; copies and pages that could not be looked at are no moves."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from pipelines.keys import Row
from pipelines.moves import Sketch, find_moves
from pipelines.run import Run
from schemas.page import Page
from schemas.tables import read_rows
from tests.pipelines.small_pages import SITES, make_page

OLD, NEW = "https://ale.se/samverkan/radet", "https://ale.se/kommun/rad"
START = make_page("https://ale.se/", "<h1>Ale</h1><p>Välkommen till kommunen, som ligger vid Göta älv.</p>")
SENTENCES = (
    "Ale kommun och Partille kommun är medlemmar i Regionala rådet sedan 2019.",
    "Rådet möts fyra gånger om året och bereder frågor om trafik och vatten.",
    "Kontakta Eva Ekdal, samordnare, telefon 0303-33 00 12.",
    "Protokollen hålls tillgängliga i kommunhuset under tre veckor efter varje möte.",
)


def page(url: str, *sentences: str, title: str = "Regionala rådet", day: int = 1, asked: str | None = None, head: str = "") -> Page:
    main = "".join(f"<p>{sentence}</p>" for sentence in sentences or SENTENCES)
    html = f"<html><head>{head}</head><body><main><h1>{title}</h1>{main}</main></body></html>"
    return make_page(url, html, hours=24 * day, asked=asked)


def missing(url: str = OLD, day: int = 2, status: int = 404) -> Page:
    return make_page(url, status=status, hours=24 * day)


def run_days(output: Path, *days: list[Page]) -> list[Run]:
    runs = []
    for number, pages in enumerate(days, 1):
        with Run.open(output, kind="crawl", run_id=str(number), sites=SITES) as run:
            for item in (START, *pages):
                run.add_page(item)
            run.finish()
        runs.append(run)
    return runs


def rows(run: Run, dataset: str) -> list[Row]:
    return read_rows(run.folder / f"{dataset}.parquet")


def addresses(run: Run) -> dict[str, str]:
    """page_id -> url"""
    return {row["page_id"]: row["url"] for row in rows(run, "pages") if row["url"] != START.url}


def assert_moved(first: Run, later: Run) -> None:
    """One page, the same, at the new address."""
    [page_id] = addresses(first)
    assert addresses(later) == {page_id: NEW}


TO_START = make_page(START.url, START.body.decode(), hours=48, asked=OLD)
SOFT = make_page(OLD, "<h1>Sidan hittades inte</h1>", hours=48)


@pytest.mark.parametrize("sign", [missing(), missing(status=410), TO_START, SOFT], ids=["404", "410", "start page", "soft 404"])
@pytest.mark.parametrize("order", [0, 1])
def test_the_same_content_at_another_address_is_the_page_that_its_old_address_has_not(tmp_path: Path, sign: Page, order: int) -> None:
    then = [sign, page(NEW, day=2)]
    assert_moved(*run_days(tmp_path, [page(OLD)], then[::-1] if order else then))


def test_a_page_that_was_missing_in_the_run_before_is_found_again(tmp_path: Path) -> None:
    first, _, third = run_days(tmp_path, [page(OLD)], [missing()], [page(NEW, day=3)])
    assert_moved(first, third)


def test_facts_and_their_ids_follow_the_page(tmp_path: Path) -> None:
    first, second = run_days(tmp_path, [page(OLD)], [missing(), page(NEW, day=2)])
    for dataset, key in (("members", "member_id"), ("contacts", "contact_id"), ("dates", "date_id"), ("mentions", "text_start")):
        before, after = ({(row["page_id"], row[key]) for row in rows(run, dataset)} for run in (first, second))
        assert before == after != set(), dataset
    pages = set(addresses(second)) | {row["page_id"] for row in rows(second, "pages")}
    assert {page_id for row in rows(second, "organisations") for page_id in row["page_ids"]} <= pages
    assert all(table.balance and table.balance.holds for table in second.manifest.datasets.values())
    assert {row["outcome"] for row in rows(second, "coverage") if row["site_id"] == "ale"} == {"facts"}


def test_a_page_that_moved_is_not_gone_when_its_old_address_is_missing_again(tmp_path: Path) -> None:
    first, *_, last = run_days(tmp_path, [page(OLD)], [missing(), page(NEW, day=2)], [missing(day=3)], [missing(day=4)])
    assert_moved(first, last)


@pytest.mark.parametrize("then", [[missing(), page(NEW, day=2)], [page(NEW, day=2, asked=OLD)]], ids=["missing", "redirect"])
def test_another_page_at_the_old_address_is_another_page(tmp_path: Path, then: list[Page]) -> None:
    other = page(OLD, "Här söker du bygglov för altan, plank och carport i kommunen.", title="Bygglov", day=3)
    first, _, third, fourth = run_days(tmp_path, [page(OLD)], then, [page(NEW, day=3), other], [other, page(NEW, day=4)])
    [page_id] = addresses(first)
    assert addresses(third) == addresses(fourth)
    assert addresses(third)[page_id] == NEW
    assert sorted(addresses(third).values()) == [NEW, OLD]


def test_a_page_that_moved_and_was_edited_is_known_again(tmp_path: Path) -> None:
    edited = page(NEW, *SENTENCES[:3], "Förslag lämnas till samordnaren.", title="Om rådet", day=2)
    assert_moved(*run_days(tmp_path, [page(OLD)], [missing(), edited]))


def test_a_page_whose_sentences_were_all_gone_over_is_known_by_its_title_and_words(tmp_path: Path) -> None:
    edited = page(NEW, *(sentence.replace("och", "samt").replace("Kontakta", "Ring") for sentence in SENTENCES), day=2)
    assert_moved(*run_days(tmp_path, [page(OLD)], [missing(), edited]))


PLATFORM = "<script>sv.PageContext = {pageId:'4.5d1f3a9c18e7a2b',siteId:'2.1a2b3c'};</script>"


@pytest.mark.parametrize(
    ("old", "head_before", "head"),
    [
        (OLD, PLATFORM, PLATFORM),
        ("https://ale.se/radet.4.5d1f3a9c18e7a2b.html", "", PLATFORM),
    ],
)
def test_a_page_that_says_all_anew_is_known_by_the_id_that_its_platform_gives_it(
    tmp_path: Path, old: str, head_before: str, head: str
) -> None:
    anew = page(NEW, "Här står något helt annat om samverkan mellan kommuner.", title="Nytt", day=2, head=head)
    assert_moved(*run_days(tmp_path, [page(old, head=head_before)], [missing(old), anew]))


@pytest.mark.parametrize(
    "then",
    [
        [page(OLD, day=2), page(NEW, day=2)],
        [page(NEW, day=2)],
        [missing(status=503), page(NEW, day=2)],
        [missing(), page("https://partille.se/rad", day=2)],
        [missing(), page(NEW, day=2), page(f"{NEW}-kopia", day=2)],
        [missing(), page(NEW, "Här söker du bygglov för altan, plank och carport i kommunen.", title="Bygglov", day=2)],
    ],
    ids=["copy", "not asked", "outage", "other site", "two", "other content"],
)
def test_what_is_not_surely_a_move_is_none(tmp_path: Path, then: list[Page]) -> None:
    first, second = run_days(tmp_path, [page(OLD)], then)
    assert addresses(first).items() <= addresses(second).items()


def test_a_content_that_stands_on_many_pages_tells_of_no_move(tmp_path: Path) -> None:
    short = "Sidan är under uppbyggnad."
    first, second = run_days(tmp_path, [page(OLD, short)], [missing(), page(NEW, short, day=2)])
    assert addresses(first).items() <= addresses(second).items()


def sketch(page_id: str, *sentences: str, platform_id: str | None = None) -> Sketch:
    return Sketch(page_id, "ale", "råd", platform_id, sentences)


WORDS = tuple(f"{' '.join(f'{letter}{number}' for number in range(10))}" for letter in "abcdef")


def test_moves_do_not_depend_on_the_order_in_which_pages_came() -> None:
    left = [sketch("1", *WORDS[:3]), sketch("2", *WORDS[3:]), sketch("3", WORDS[0], platform_id="4.a")]
    found = [sketch("a", *WORDS[3:]), sketch("b", *WORDS[:2], WORDS[5]), sketch("c", WORDS[1], platform_id="4.a")]
    moves = {json.dumps(find_moves(olds, news), sort_keys=True) for olds in permutations(left) for news in permutations(found)}
    assert moves == {json.dumps({"a": "2", "b": "1", "c": "3"})}
