"""Which runs are compared, by which rule, and what the cause of a change is."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.run import Run
from review.changes import find_changes
from review.review import RunReview
from schemas.manifest import Manifest
from schemas.page import Page
from schemas.review import Candidate
from schemas.tables import read_rows
from tests.pipelines.small_pages import GR, SITES, make_page, read_lines
from tests.review.small_runs import PAGE, Row, issue, member, write_run

TEXT = "Göteborgsregionen: Ale kommun, Partille kommun\nKontakt: Eva Ek, +46317012345"
OTHER = "https://ale.se/ovrigt"


def publish(output: Path, *pages: Page, run_id: str, kind: str = "crawl") -> list[Row]:
    """The changes of a run that is reviewed as every run is."""
    with Run.open(output, kind=kind, run_id=run_id, sites=SITES, options={"names": "ale"}, read=read_lines, reviewer=RunReview()) as run:
        for one in pages:
            run.add_page(one)
        manifest = run.finish()
    changes = read_rows(run.folder / "changes.parquet")
    counted = sum(number for dataset, counts in manifest.changes.items() if dataset != "page_changes" for number in counts.values())
    assert counted == sum(row["cause"] == "page" for row in changes)
    assert manifest.datasets["changes"].rows == len(changes)
    return changes


def test_a_first_run_has_no_changes(tmp_path: Path) -> None:
    assert publish(tmp_path, make_page(GR, TEXT), run_id="r1") == []


def test_a_run_tells_what_became_another_since_the_run_before(tmp_path: Path) -> None:
    publish(tmp_path, make_page(GR, TEXT), run_id="r1")
    changes = publish(tmp_path, make_page(GR, TEXT.replace("12345", "12346"), hours=24), run_id="r2")
    (change,) = changes
    assert (change["dataset"], change["column"], change["before"], change["after"]) == (
        *("contacts", "phone"),
        *("+46317012345", "+46317012346"),
    )
    assert (change["previous_run_id"], change["run_id"], change["cause"], change["url"]) == ("r1", "r2", "page", GR)


@pytest.mark.parametrize(
    ("answers", "removed"),
    [
        ([503], 0),
        ([404], 0),
        ([404, 404], 1),
        ([404, 503, 404], 0),
        ([410], 1),
        ([503, 503, 503], 0),
    ],
)
def test_only_a_page_that_is_gone_takes_its_facts_along(answers: Sequence[int], removed: int, tmp_path: Path) -> None:
    publish(tmp_path, make_page(GR, TEXT), make_page(OTHER, "Nätverket Väst: Lerums kommun"), run_id="r0")
    changes: list[Row] = []
    for number, status in enumerate(answers, 1):
        answer = make_page(OTHER, "Nätverket Väst: Lerums kommun", status=status, hours=24 * number)
        changes += publish(tmp_path, make_page(GR, TEXT, hours=24 * number), answer, run_id=f"r{number}")
    members = [row for row in changes if row["dataset"] == "members"]
    assert [row["change"] for row in members] == ["removed"] * removed
    assert bool(changes) == bool(removed)


def test_an_archive_without_a_page_says_nothing_of_it(tmp_path: Path) -> None:
    pages = make_page(GR, TEXT), make_page(OTHER, "Nätverket Väst: Lerums kommun")
    publish(tmp_path, *pages, run_id="r1", kind="extract")
    assert publish(tmp_path, pages[0], run_id="r2", kind="extract") == []


def write_candidate(folder: Path, before: list[Row], reread: list[Row] | None, after: list[Row], readings: tuple[str, str]) -> Candidate:
    """A crawl after another, whose page states these members and says the same in both."""
    runs = folder / "runs"
    previous = write_run(runs / "r1", {"members": before})
    manifest = {"run_id": "r1", "kind": "crawl", "status": "published", "started_at": "2026", "code": {"reading": readings[0]}}
    (previous / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return Candidate(
        folder,
        write_run(runs / "r2", {"members": after}),
        Manifest("r2", "crawl", "running", "2026", code={"reading": readings[1]}),
        previous,
        write_run(runs / "again", {"members": reread}, leave_out=["issues"]) if reread is not None else None,
    )


@pytest.mark.parametrize(
    ("reread", "readings", "causes"),
    [
        (["1440", "1441"], ("old", "new"), {"1441": "reading", "1462": "page"}),  # today's code finds one more on yesterday's page
        (None, ("same", "same"), {"1441": "page", "1462": "page"}),
        (None, ("old", "new"), {"1441": "reading", "1462": "reading"}),  # the archive is lost, and the page says the same
    ],
)
def test_what_only_our_reading_made_another_is_told_apart(
    reread: list[str] | None, readings: tuple[str, str], causes: dict[str, str], tmp_path: Path
) -> None:
    def members(*codes: str) -> list[Row]:
        return [member(f"kommun:{code}") for code in codes]

    again = members(*reread) if reread is not None else None
    candidate = write_candidate(tmp_path, members("1440"), again, members("1440", "1441", "1462"), readings)
    changes = list(find_changes(candidate))
    assert {json.loads(row["key"])["member_id"].removeprefix("kommun:"): row["cause"] for row in changes} == causes
    assert {row["change"] for row in changes} == {"added"}
    assert {row["previous_run_id"] for row in changes} == {"r1"}


def test_a_page_that_today_s_code_could_not_read_again_loses_nothing_by_it(tmp_path: Path) -> None:
    candidate = write_candidate(tmp_path, [member("kommun:1440")], [], [member("kommun:1440")], ("old", "new"))
    write_run(tmp_path / "runs" / "again", {"pages": [], "members": []}, leave_out=["issues"])
    assert [row["change"] for row in find_changes(candidate) if row["cause"] == "reading"] == []


@pytest.mark.parametrize(
    ("codes", "removed"), [(("page_missing", "page_missing"), 1), (("http_error", "page_missing"), 0), (("page_missing", "page_gone"), 1)]
)
def test_an_extract_that_finds_a_page_gone_removes_its_facts(codes: tuple[str, str], removed: int, tmp_path: Path) -> None:
    previous = write_run(tmp_path / "r1", {"members": [member("kommun:1440")], "issues": [issue(codes[0])]})
    (previous / "manifest.json").write_text(
        json.dumps({"run_id": "r1", "kind": "extract", "status": "published", "started_at": "x"}), "utf-8"
    )
    after = write_run(tmp_path / "r2", {"pages": [], "issues": [issue(codes[1], PAGE)]})
    changes = list(find_changes(Candidate(tmp_path, after, Manifest("r2", "extract", "running", "2026"), previous)))
    assert len(changes) == removed
