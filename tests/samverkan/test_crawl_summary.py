"""What an operator reads when a crawl has ended."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.run import Run
from registry.sites import Site, SiteList
from samverkan.attention import find_lost_sites, list_concerns
from samverkan.crawl_summary import describe_cost, tell_concerns
from samverkan.summary import tell_run
from schemas.coverage import CoverageRecord
from schemas.manifest import Balance, Manifest, StoredTable
from schemas.review import Finding
from schemas.tables import read_rows
from schemas.visit import SiteVisit
from tests.pipelines.small_pages import SITES, make_page, read_lines, run_pages

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FATES = (
    ("unreachable", "https://{0}.se/: no answer in time"),
    ("unreachable", "https://{0}.se/: the host has no address"),
    ("unreachable", "robots.txt: HTTP 503"),
    ("denied", "robots.txt forbids https://{0}.se/"),
    ("denied", "robots.txt asks for 7200 s between two requests"),
    ("failed", "HTTP 500 for https://{0}.se/"),
    ("failed", "https://{0}.se/: too many redirects"),
    ("failed", "https://{0}.se/: DownloadFailedError (certificate verify failed)"),
    ("incomplete", None),
)


def coverage_row(site_id: str, outcome: str, error: str | None = None, seen: datetime | None = None, **counts: int) -> dict[str, object]:
    """One row of the dataset."""
    row = CoverageRecord(site_id=site_id, outcome=outcome, first_error=error, last_success_at=seen, run_id="a", **counts)
    return row.model_dump()


def test_sites_of_one_fate_stand_together_those_that_were_well_first() -> None:
    rows = [
        coverage_row("ale", "facts"),
        coverage_row("kfkl", "denied", "robots.txt asks for 7200 s between two requests"),
        coverage_row("itsam", "unreachable", "https://itsam.se/: no answer in time"),
        coverage_row("lerum", "unreachable", "https://www.lerum.se/start: no answer in time", NOON),
        coverage_row("rvn", "not_visited"),
    ]
    assert list_concerns(rows) == [
        ("unreachable: no answer in time", ["lerum (seen 2026-11-21)", "itsam (never seen)"]),
        ("denied: robots.txt asks for 7200 s between two requests", ["kfkl (never seen)"]),
    ]


@pytest.mark.parametrize(
    ("outcome", "error", "words"),
    [
        ("failed", "HTTP 503 for https://ale.se/a", "failed: HTTP 503"),
        ("failed", "https://ale.se/a leads off the site, to https://ale.example/", "failed: leads off the site"),
        ("denied", "robots.txt forbids https://ale.se/", "denied: robots.txt forbids"),
        ("failed", "https://ale.se/: SSL (certificate verify failed)", "failed: the certificate cannot be verified"),
        ("failed", None, "failed: no reason is known"),
        ("incomplete", None, "incomplete: pages or time were spent before all promising addresses"),
    ],
)
def test_a_fate_in_words(outcome: str, error: str | None, words: str) -> None:
    assert [concern.what for concern in list_concerns([coverage_row("ale", outcome, error)])] == [words]


def test_a_site_that_lost_all_its_pages_comes_first(tmp_path: Path) -> None:
    pages = [make_page(f"https://{name}.se/gr", "Göteborgsregionen: Ale kommun") for name in ("ale", "partille")]
    before = run_pages(tmp_path, *pages, run_id="a")
    after = run_pages(tmp_path, pages[0], make_page(pages[1].url, status=410, hours=1), run_id="b")
    lost = find_lost_sites(after.folder, before.folder)
    assert lost == {"partille"}
    others = [coverage_row(f"s{number}", "incomplete") for number in range(2)]
    concerns = list_concerns([*others, coverage_row("partille", "no_page_found", seen=NOON)], lost)
    assert concerns[0] == ("lost every page about collaboration", ["partille (seen 2026-11-21)"])
    assert len(concerns) == 2


def test_what_a_crawl_cost() -> None:
    balance = Balance(carried_over=50, extracted=60, stored=110, merged=0, kept_out=0)
    manifest = Manifest("a", "crawl", "published", "2026-11-21T04:00:00Z", datasets={"pages": StoredTable("", 110, "", "", balance)})
    manifest.requests, manifest.bytes_received, manifest.requests_per_found_page = 1530, 12_300_000, 4.25
    rows = [coverage_row("ale", "facts", pages_fetched=60, pages_unchanged=40)]
    assert list(describe_cost(manifest, rows)) == [
        "60 fetched, 40 unchanged (40%), 10 carried over unseen",
        "1,530 requests, 4.2 for each page about collaboration found; 12.3 MB received",
    ]


def crawl_many(output: Path, number: int) -> Run:
    """A published crawl of that many sites, one in two of them in one of many troubles."""
    sites = SiteList(tuple(Site(f"s{index}", "Provkommunen", (f"https://s{index}.se/",), (f"s{index}.se",)) for index in range(number)))
    visits = {}
    with Run.open(output, kind="crawl", sites=sites, read=read_lines) as run:
        for index, site in enumerate(sites):
            outcome, error = FATES[index % len(FATES)] if index % 2 else (None, None)
            counts = SiteVisit(site.id, outcome, 1, 1, requests=5, bytes_received=9000, seconds=index / 3)
            counts.first_error = error.format(site.id) if error else None
            visits[site.id] = counts
            run.add_page(make_page(f"https://{site.id}.se/gr", "Göteborgsregionen: Ale kommun"))
        run.finish(visits=visits)
    return run


@pytest.mark.parametrize(("number", "most"), [(1, 20), (390, 46)])
def test_a_summary_stays_short(number: int, most: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = crawl_many(tmp_path, number)
    tell_run(run.manifest, run.output)
    told = capsys.readouterr().out
    assert len(told.splitlines()) <= most
    assert ("What needs a person" in told) == (number > 1)
    assert ("Slowest sites" in told) == (number > 1)


def test_what_was_warned_of_comes_before_the_sites_and_stays_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = [Finding("known_codes", "warn", f"warning {number}") for number in range(8)]
    tell_concerns(list_concerns([coverage_row("ale", "incomplete")]), [Finding("rows", "hold", "waived"), *findings], tmp_path)
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert told[1:10] == [
        "What needs a person",
        *(f"warning {number}" for number in range(6)),
        "2 more warnings stand in manifest.json",
        "1  incomplete: pages or time were spent before all promising addresses: ale (never seen)",
    ]


@pytest.mark.parametrize("kind", ["crawl", "extract"])
@pytest.mark.parametrize(("previous", "line"), [("a", "Changes since a: 2 contacts added, 1 page moved"), (None, "")])
def test_a_run_after_another_tells_what_changed(
    kind: str, previous: str | None, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_pages(tmp_path, make_page("https://ale.se/gr", "Göteborgsregionen: Ale kommun"), kind=kind)
    run.manifest.previous_run_id = previous
    run.manifest.changes = {"contacts": {"added": 2}, "page_changes": {"moved": 1}}
    tell_run(run.manifest, run.output)
    assert [told for told in capsys.readouterr().out.splitlines() if told.startswith("Changes")] == ([line] if line else [])


def test_the_slowest_sites_are_told_with_what_they_gave(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = crawl_many(tmp_path, 9)
    tell_run(run.manifest, run.output)
    rows = re.findall(r"^(s\d)  +(\d\.\d s)  +(\d)  +(\d)$", capsys.readouterr().out, re.M)
    assert rows == [("s8", "2.7 s", "5", "1"), ("s7", "2.3 s", "5", "1"), ("s6", "2.0 s", "5", "1")]


def test_only_the_columns_that_are_wanted_are_read(tmp_path: Path) -> None:
    run = run_pages(tmp_path, make_page("https://ale.se/gr", "Göteborgsregionen: Ale kommun"), sites=SITES)
    assert [set(row) for row in read_rows(run.folder / "pages.parquet", ("url", "is_collaboration"))] == [{"url", "is_collaboration"}]
