"""One council, described before and after a reorganisation, a new theme and a move: one page moved, and only what is true changed."""

from pathlib import Path

import pytest

from pipelines.keys import Row
from pipelines.run import Run
from review.review import RunReview
from schemas.page import Page
from schemas.tables import read_rows
from tests.pipelines.small_pages import SITES, make_page

OLD = "https://ale.se/politik/samverkan/regionalt-samverkansrad.html"
NEW = "https://ale.se/om-kommunen/regional-samverkan/samverkansradet"
START = "<html><head><title>Ale</title></head><body><main><h1>Ale kommun</h1><p>Välkommen hit.</p></main></body></html>"

BEFORE = """<html class="sv-no-js"><head><title>Regionalt samverkansråd - Ale kommun</title></head><body>
<div class="sv-path-portlet">Du är här: <a href="/">Start</a> / <a href="/politik">Politik</a> / Samverkan</div>
<main class="pagecontent"><h1 class="heading">Regionalt samverkansråd</h1>
<p>I Regionalt samverkansråd ingår Ale kommun, Lilla Edets kommun, Partille kommun och Västra Götalandsregionen.</p>
<p>Rådet bereder gemensamma frågor om kollektivtrafik, kompetens och vatten.</p>
<p>Rådet möts fyra gånger om året. Nästa möte hålls den 4 december 2026.</p>
<h2>Kontakt</h2>
<p>Marit Sandelin, samordnare<br>Telefon: 0303-70 31 12<br><a href="mailto:marit.sandelin@ale.se">marit.sandelin@ale.se</a></p>
<p>Senast uppdaterad: 3 mars 2026</p><p>Visad 812 gånger</p></main>
<footer><p>© 2026 Ale kommun</p></footer></body></html>"""

AFTER = """<html><head><title>Regionalt samverkansråd | Ale</title><meta name="generator" content="WordPress 6.8"></head><body>
<nav class="breadcrumb"><a href="/">Hem</a> › <a href="/om-kommunen">Om kommunen</a></nav>
<main><article><div class="entry"><h1>Regionalt samverkansråd</h1><div><span>Lyssna</span></div>
<div>I Regionalt samverkansråd ingår Ale kommun, Lilla Edets kommun, Stenungsunds kommun och Västra Götalandsregionen.</div>
<div>Rådet bereder gemensamma frågor om kollektivtrafik, kompetens och vatten. Rådet möts fyra gånger om året.</div>
<div>Nästa möte hålls den 5 mars 2027.</div>
<h2>Kontakt</h2>
<div>Marit Sandelin, samordnare<br>Telefon: 0303-70 31 13<br><a href="mailto:marit.sandelin@ale.se">marit.sandelin@ale.se</a></div>
<p>Sidan uppdaterades den 20 november 2026</p><p>Hjälpte informationen dig?</p></div></article></main>
<footer><p>© 2027 Ale kommun</p></footer></body></html>"""


def missing(day: int) -> Page:
    return make_page(OLD, status=404, hours=24 * day)


def run_days(output: Path, *days: list[Page]) -> Run:
    for number, pages in enumerate(days, 1):
        with Run.open(output, kind="crawl", run_id=str(number), sites=SITES, options={"names": "ale"}, reviewer=RunReview()) as run:
            for page in (make_page("https://ale.se/", START), *pages):
                run.add_page(page)
            run.finish()
    return run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    before, after = make_page(OLD, BEFORE, hours=24), make_page(NEW, AFTER, hours=48)
    return run_days(tmp_path_factory.mktemp("council"), [before], [after, missing(2)])


def rows(run: Run, dataset: str) -> list[Row]:
    return read_rows(run.folder / f"{dataset}.parquet")


def test_one_page_has_moved_and_no_other_came_or_went(run: Run) -> None:
    [row] = rows(run, "page_changes")
    assert (row["change"], row["previous_url"], row["url"]) == ("moved", OLD, NEW)
    assert row["removed"].split("\n") == [
        "I Regionalt samverkansråd ingår Ale kommun, Lilla Edets kommun, Partille kommun och Västra Götalandsregionen.",
        "Nästa möte hålls den 4 december 2026.",
        "Telefon: 0303-70 31 12",
    ]
    assert row["added"].split("\n") == [
        "I Regionalt samverkansråd ingår Ale kommun, Lilla Edets kommun, Stenungsunds kommun och Västra Götalandsregionen.",
        "Nästa möte hålls den 5 mars 2027.",
        "Telefon: 0303-70 31 13",
    ]
    assert 0.8 < row["similarity"] < 1


def test_the_facts_that_changed_are_those_that_the_page_states_otherwise(run: Run) -> None:
    values = {(row["dataset"], row["column"], row["before"], row["after"]) for row in rows(run, "changes") if row["change"] == "changed"}
    assert values == {
        ("contacts", "phone", "+46303703112", "+46303703113"),
        ("dates", "edtf", "2026-12-04", "2027-03-05"),
        ("dates", "edtf", "2026-03-03", "2026-11-20"),
        ("pages", "updated_on", "2026-03-03", "2026-11-20"),
    }


@pytest.mark.parametrize("dataset", ["members", "relations", "organisations"])
def test_one_municipality_came_and_one_went(run: Run, dataset: str) -> None:
    came_or_went = {(row["change"], row["after"] or row["before"]) for row in rows(run, "changes") if row["dataset"] == dataset}
    names = {"added": "Stenungsunds kommun", "removed": "Partille kommun"}
    assert len(came_or_went) == 2
    assert all(names[change] in value for change, value in came_or_went)


def test_nothing_changes_when_both_addresses_answer_as_before_again(tmp_path: Path) -> None:
    after = make_page(NEW, AFTER, hours=72)
    last = run_days(tmp_path, [make_page(OLD, BEFORE, hours=24)], [make_page(NEW, AFTER, hours=48), missing(2)], [after, missing(3)])
    assert rows(last, "page_changes") == rows(last, "changes") == []
