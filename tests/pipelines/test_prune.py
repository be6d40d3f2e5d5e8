"""The runs of the past go, and what the rest needs stays."""

import shutil
from pathlib import Path

import pytest

from archive.reader import read_archives, read_record
from pipelines.accept import accept_run
from pipelines.prune import Pruning, plan_pruning, remove_pruned
from pipelines.publish import clear_leftovers
from review.applied import find_pending
from review.review import RunReview
from schemas.errors import RunHeld, UsageError
from schemas.facts import Issue
from schemas.output import latest_run, run_folder, warc_file
from schemas.page import ArchivePlace
from schemas.runs import list_runs
from schemas.tables import read_rows
from tests.pipelines.archived_runs import archive_run, leave_run
from tests.pipelines.held_runs import FEW, MANY, crawl
from tests.pipelines.small_pages import GR, GR_TEXT, make_page, run_pages

OTHER = "https://ale.se/annat"
RUNS = ("1", "2", "3", "4")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four crawls: GR comes in the first and is confirmed since, the other page comes anew each time but the last."""
    output = tmp_path_factory.mktemp("crawled")
    archive_run(output, "1", {GR: GR_TEXT, OTHER: "Bohusbolaget: Ale kommun"})
    archive_run(output, "2", {OTHER: "Bohusbolaget: Partille kommun"}, hours=24, unchanged=[GR])
    archive_run(output, "3", {OTHER: "Bohusbolaget: Kungälvs kommun"}, hours=48, unchanged=[GR])
    archive_run(output, "4", {}, hours=72, unchanged=[GR, OTHER])
    return output


@pytest.fixture
def output(crawled: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return shutil.copytree(crawled, tmp_path / "output", symlinks=True)


def prune(output: Path, keep: int) -> Pruning:
    pruning = plan_pruning(output, keep, find_pending(output))
    remove_pruned(output, pruning)
    return pruning


def list_ids(output: Path) -> list[str]:
    return [run.run_id for run in list_runs(output)]


def list_archives(output: Path) -> list[str]:
    return sorted(path.name for path in (output / "archive").iterdir())


@pytest.mark.parametrize(("keep", "left"), [(1, ["4"]), (2, ["3", "4"]), (4, [*RUNS]), (9, [*RUNS])])
def test_the_newest_runs_stay(output: Path, keep: int, left: list[str]) -> None:
    prune(output, keep)
    assert list_ids(output) == left
    assert latest_run(output) == run_folder(output, "4").resolve()


def test_an_archive_stays_while_a_page_or_a_revisit_refers_to_it(output: Path) -> None:
    assert [path.name for path in prune(output, 1).archives] == ["2.wacz"]  # it alone holds the second version of the other page
    assert list_archives(output) == ["1.wacz", "3.wacz", "4.wacz"]
    for row in read_rows(output / "latest" / "pages.parquet"):
        place = ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"])
        assert read_record(place, output / "archive").body_sha256 == row["body_sha256"]
    read = [item for _, item in read_archives([output / "archive" / "4.wacz"])]
    assert not [item for item in read if isinstance(item, Issue)]


def test_an_archive_stays_while_a_change_of_a_page_refers_to_it(output: Path) -> None:
    assert prune(output, 2).archives == ()  # in the run 3 the other page changed, and what it said before lies in 2.wacz
    assert list_archives(output) == ["1.wacz", "2.wacz", "3.wacz", "4.wacz"]


def test_it_tells_how_much_room_it_gives(output: Path) -> None:
    before = sum(path.stat().st_size for path in output.rglob("*") if path.is_file() and not path.is_symlink())
    pruning = prune(output, 1)
    after = sum(path.stat().st_size for path in output.rglob("*") if path.is_file() and not path.is_symlink())
    assert before - after == pruning.size > 0


def test_a_plan_removes_nothing(output: Path) -> None:
    before = sorted(output.rglob("*"))
    assert plan_pruning(output, 1, ()).runs == ("1", "2", "3")
    assert sorted(output.rglob("*")) == before


def test_a_run_that_the_history_lacks_is_not_removed(output: Path) -> None:
    for file in (output / "history").iterdir():
        file.unlink()
    with pytest.raises(UsageError, match=r"history lacks 1, 2, 3, "):
        prune(output, 1)
    assert list_ids(output) == [*RUNS]


@pytest.mark.parametrize("run_id", ["2", "4"])
def test_where_a_manifest_cannot_be_read_nothing_is_removed(output: Path, run_id: str) -> None:
    before = list_archives(output)
    (run_folder(output, run_id) / "manifest.json").write_text("{")
    with pytest.raises(UsageError, match=rf"{run_id}/manifest.json cannot be read, so nothing is removed"):
        prune(output, 1)
    assert list_archives(output) == before


def test_without_a_history_there_is_nothing_to_refuse_where_nothing_would_go(tmp_path: Path) -> None:
    archive_run(tmp_path, "1", {GR: GR_TEXT})
    assert prune(tmp_path, 1) == Pruning((), (), 0)


def test_failed_runs_go_by_the_same_count_those_after_the_latest_stay(tmp_path: Path) -> None:
    for run_id in ("1", "2", "3"):
        leave_run(tmp_path, run_id)
    archive_run(tmp_path, "4", {GR: GR_TEXT})
    leave_run(tmp_path, "5")
    leave_run(tmp_path, "6")
    assert prune(tmp_path, 1).runs == ("1", "2", "3")
    assert list_ids(tmp_path) == ["4", "5", "6"]


def test_runs_of_another_kind_are_counted_for_themselves(tmp_path: Path) -> None:
    archive_run(tmp_path, "1", {GR: GR_TEXT})
    for run_id in ("2", "3", "4"):
        run_pages(tmp_path, make_page(GR, GR_TEXT), kind="extract", run_id=run_id)
    assert plan_pruning(tmp_path, 1, ()).runs == ("2", "3")


def test_a_held_run_that_can_be_accepted_stays_whatever_was_published_of_another_kind(tmp_path: Path) -> None:
    crawl(tmp_path, "1", MANY, kind="extract")
    for run_id in ("2", "3"):
        with pytest.raises(RunHeld):
            crawl(tmp_path, run_id, FEW, kind="extract", hours=1)
    crawl(tmp_path, "4", MANY, hours=2)
    assert prune(tmp_path, 1).runs == ()
    accept_run(tmp_path, "2", RunReview())
    assert prune(tmp_path, 1).runs == ("1",)


def test_an_archive_of_somebody_else_stays(output: Path) -> None:
    (output / "archive" / "old.wacz").write_bytes((output / "archive" / "2.wacz").read_bytes())
    (output / "archive" / "notes.txt").write_text("mine")
    prune(output, 1)
    assert list_archives(output) == ["1.wacz", "3.wacz", "4.wacz", "notes.txt", "old.wacz"]


def test_a_killed_removal_is_ended_by_the_next_run(output: Path) -> None:
    run_folder(output, "1").rename(output / "runs" / ".1.removed")
    assert list_ids(output) == ["2", "3", "4"]
    clear_leftovers(output)
    assert not (output / "runs" / ".1.removed").exists()


def test_the_next_crawl_needs_nothing_that_was_removed(output: Path) -> None:
    prune(output, 1)
    archive_run(output, "5", {}, hours=96, unchanged=[GR, OTHER])
    assert len(read_rows(output / "latest" / "members.parquet")) == 3
    assert not warc_file(output, "5").exists()
