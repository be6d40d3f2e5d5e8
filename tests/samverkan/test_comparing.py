"""Runs that were not compared when they were published, or that different code read."""

from pathlib import Path

import pytest

from review.between import Difference
from samverkan.comparing import compare_runs
from schemas.errors import UsageError
from schemas.manifest import read_manifest
from schemas.output import run_folder
from tests.pipelines.spied_runs import crawl_pages, extract_pages, write_warc
from tests.pipelines.test_read_again import AFTER, BEFORE, FEWER, OTHER, OWNED, RAMBO, SOLTAK

SOTENAS = "kommun:1427"


def compare(output: Path, before: str, after: str) -> Difference:
    return compare_runs(output, before, read_manifest(run_folder(output, after)))


def list_changes(difference: Difference, cause: str) -> list[tuple[str, str, bool]]:
    """Dataset, change, and whether it tells of the municipality that went; of organisations the facts that name them tell."""
    rows = (row for row in difference.changes if row["cause"] == cause and row["dataset"] != "organisations")
    return sorted((row["dataset"], row["change"], SOTENAS in row["key"]) for row in rows)


WENT = [("members", "removed", True), ("relations", "removed", True)]


def test_two_runs_with_others_between_them_are_compared_as_they_stand(tmp_path: Path) -> None:
    for run_id, html in (("1", OTHER), ("2", OTHER), ("3", FEWER), ("4", FEWER)):
        crawl_pages(tmp_path, run_id, {SOLTAK: OWNED, RAMBO: html}, BEFORE)
    assert list_changes(compare(tmp_path, "1", "4"), "page") == WENT
    assert [row["change"] for row in compare(tmp_path, "1", "4").page_changes] == ["changed"]
    assert compare(tmp_path, "1", "2").is_empty
    assert [(row["previous_run_id"], row["run_id"]) for row in compare(tmp_path, "1", "4").page_changes] == [("1", "4")]


def test_the_other_way_round_what_went_came(tmp_path: Path) -> None:
    for run_id, html in (("1", OTHER), ("2", FEWER)):
        crawl_pages(tmp_path, run_id, {SOLTAK: OWNED, RAMBO: html}, BEFORE)
    assert list_changes(compare(tmp_path, "2", "1"), "page") == [(dataset, "added", there) for dataset, _, there in WENT]


@pytest.mark.parametrize("between", [BEFORE, AFTER], ids=["read alike before", "read alike after"])
def test_what_other_code_read_is_read_again_on_both_sides(tmp_path: Path, between: object) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    crawl_pages(tmp_path, "2", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE if between is BEFORE else AFTER)
    crawl_pages(tmp_path, "3", {SOLTAK: OWNED, RAMBO: FEWER}, AFTER)
    difference = compare(tmp_path, "1", "3")
    assert list_changes(difference, "page") == WENT
    assert [row["url"] for row in difference.page_changes] == [RAMBO]


def test_extracts_of_different_code_are_compared_by_what_one_code_reads(tmp_path: Path) -> None:
    archives = [
        write_warc(tmp_path / f"{name}.warc.gz", {SOLTAK: OWNED, RAMBO: html}) for name, html in (("a", OTHER), ("b", OTHER), ("c", FEWER))
    ]
    for run_id, archive, sites in zip("123", archives, (BEFORE, AFTER, AFTER), strict=True):
        extract_pages(tmp_path / "output", run_id, [archive], sites)
    assert list_changes(compare(tmp_path / "output", "1", "3"), "page") == WENT


def test_comparing_leaves_the_runs_as_they_are(tmp_path: Path) -> None:
    for run_id, sites in (("1", BEFORE), ("2", AFTER), ("3", BEFORE)):
        crawl_pages(tmp_path, run_id, {SOLTAK: OWNED, RAMBO: OTHER}, sites)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*")}
    compare(tmp_path, "1", "3")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*")} == before


def test_a_run_that_was_pruned_can_be_compared_no_more(tmp_path: Path) -> None:
    for run_id in "123":
        crawl_pages(tmp_path, run_id, {SOLTAK: OWNED}, BEFORE)
    run_folder(tmp_path, "1").rename(tmp_path / "away")
    with pytest.raises(UsageError, match="There is no run 1 in"):
        compare(tmp_path, "1", "3")
