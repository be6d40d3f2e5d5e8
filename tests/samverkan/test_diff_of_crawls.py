"""Crawl, edit, crawl: `samverkan diff` tells exactly what was edited, and nothing where nobody could look."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from samverkan.commands.diff import Format
from samverkan.commands.diff import diff as tell_difference
from schemas.datasets import DATASETS
from tests.samverkan.program import run
from tests.samverkan.test_second_crawl import ETAG, OTHER_PAGE, Site, web_of
from tests.spiders.small_web import Replies, Reply, serve_small_web


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serve_small_web(web_of(ETAG)) as web:
        yield Site(tmp_path, web)


def diff(site: Site, *options: str, code: int = 0) -> str:
    done = run("diff", "--output", site.output, *options)
    assert done.returncode == code, done.stderr
    return done.stdout


def read_json(site: Site, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    tell_difference([], output=site.output, form=Format.json)
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    for dataset in ("changes", "page_changes"):
        for row in shown[dataset]:
            DATASETS[dataset].model_validate(row)
    return shown


def edit(site: Site, page: str) -> None:
    site.web.replies = web_of(("ETag", '"b"'), page=page)


def test_a_member_that_came_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.crawl()
    edit(site, OTHER_PAGE)
    site.crawl()
    shown = read_json(site, capsys)
    facts = [row for row in shown["changes"] if row["dataset"] != "organisations"]
    assert [(row["dataset"], row["change"], json.loads(row["key"])["member_id"]) for row in facts] == [
        ("members", "added", "kommun:1440"), ("relations", "added", "kommun:1440"),
    ]  # fmt: skip
    assert {row["cause"] for row in shown["changes"]} == {"page"}
    assert [(row["change"], row["url"].endswith("/samverkan")) for row in shown["page_changes"]] == [("changed", True)]
    words = diff(site, "--exit-code", code=1)
    assert "+ Ale kommun is a new owner of SOLTAK AB" in words
    assert "Tjörns kommun" not in words.partition("SOLTAK AB\n")[2]


OUTAGES: Sequence[Replies] = (
    {},
    {"/samverkan": Reply("", 503)},
    {"/samverkan": Reply("", 404)},
    {"/samverkan": Reply("<h1>Sidan finns inte</h1>")},
    {"/samverkan": Reply("", 301, (("Location", "/"),))},
)
"""Nothing is another; then the page cannot be looked at: busy, missing once, a soft 404, a redirect to the start page."""


def test_what_could_not_be_looked_at_is_no_change(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.crawl()
    for replies in OUTAGES:
        site.web.replies = {**web_of(ETAG), **replies}
        site.crawl(RETRY_TIMES=0)
        shown = read_json(site, capsys)
        assert (replies, shown["changes"], shown["page_changes"]) == (replies, [], [])
    assert "Nothing changed." in diff(site, "--exit-code")


def test_a_better_reading_is_told_apart_from_a_change_of_the_page(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.crawl()
    site.owner = "kommun:1440"
    edit(site, OTHER_PAGE.replace("<p>", "<p>Vi är medlemmar i Göteborgsregionen. "))
    site.crawl()
    by_cause: dict[str, set[str]] = {"page": set(), "reading": set()}
    for row in read_json(site, capsys)["changes"]:
        by_cause[row["cause"]].add(row["key"])
    assert any("kommun:1440" in key for key in by_cause["page"])
    assert not any("org:provkommunen" in key for key in by_cause["page"])
