"""Which crawl `crawl --resume` would go on with."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.lock import OutputLock, find_holder
from pipelines.manifest import write_manifest
from pipelines.publish import turn_latest
from pipelines.resuming import find_unfinished
from pipelines.run import Run
from schemas.manifest import Manifest
from schemas.output import latest_run, partial_folder, run_folder, warc_file
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines, run_pages


def keep_run(output: Path, second: int, status: str, code: int | None = None, *, kind: str = "crawl", has_warc: bool = True) -> str:
    """The id of a run that ended so."""
    run_id = f"run{second}"
    run_folder(output, run_id).mkdir(parents=True)
    latest = latest_run(output)
    before = latest.name if latest else None
    write_manifest(
        Manifest(run_id, kind, status, f"2026-11-21T04:00:0{second}Z", exit_code=code, previous_run_id=before), run_folder(output, run_id)
    )
    if status == "published":
        turn_latest(run_folder(output, run_id), output)
    warc_file(output, run_id).parent.mkdir(exist_ok=True)
    if has_warc:
        warc_file(output, run_id).touch()
    return run_id


@pytest.mark.parametrize(("status", "code"), [("interrupted", 130), ("interrupted", 143), ("interrupted", None), ("failed", 74)])
def test_what_was_stopped_killed_or_out_of_disk_is_unfinished(tmp_path: Path, status: str, code: int | None) -> None:
    keep_run(tmp_path, 1, "published", 0)
    keep_run(tmp_path, 2, status, code)
    unfinished = find_unfinished(tmp_path)
    assert unfinished
    assert unfinished.run_id == "run2"


@pytest.mark.parametrize(("status", "code"), [("failed", 4), ("failed", 70), ("published", 0)])
def test_what_came_to_its_own_end_is_not(tmp_path: Path, status: str, code: int) -> None:
    keep_run(tmp_path, 1, status, code)
    assert find_unfinished(tmp_path) is None


def test_without_its_warc_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    keep_run(tmp_path, 1, "interrupted", 143)
    keep_run(tmp_path, 2, "failed", 74, has_warc=False)  # refused for want of room: the one before still counts
    assert getattr(find_unfinished(tmp_path), "run_id", None) == "run1"


def test_a_newer_published_crawl_ends_the_matter(tmp_path: Path) -> None:
    keep_run(tmp_path, 1, "interrupted", 143)
    keep_run(tmp_path, 2, "interrupted", 143, kind="extract")
    keep_run(tmp_path, 3, "published", 0)
    assert find_unfinished(tmp_path) is None


def test_a_killed_crawl_is_unfinished_before_anybody_clears_up(tmp_path: Path) -> None:
    killed = Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines)
    warc_file(tmp_path, "a").touch()
    killed._lock.release()  # as the system does when a process dies
    assert getattr(find_unfinished(tmp_path), "run_id", None) == "a"


def test_a_crawl_that_was_killed_when_its_manifest_was_complete_is_unfinished_while_it_is_out_of_sight(tmp_path: Path) -> None:
    killed = Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines)
    warc_file(tmp_path, "a").touch()
    write_manifest(replace(killed.manifest, status="published", exit_code=0), partial_folder(tmp_path, "a"))
    killed._lock.release()
    assert getattr(find_unfinished(tmp_path), "run_id", None) == "a"


def test_the_holder_of_the_lock_is_named_while_he_holds_it(tmp_path: Path) -> None:
    assert find_holder(tmp_path) is None
    lock = OutputLock(tmp_path)
    lock.acquire("crawl a")
    assert (find_holder(tmp_path) or "").startswith("crawl a, process ")
    lock.release()
    assert find_holder(tmp_path) is None
    run_pages(tmp_path, make_page(GR, GR_TEXT))  # looking has not taken the lock


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_killed_at_any_step_a_resumed_crawl_ends_whole_and_clears_up(tmp_path: Path, every: int) -> None:
    command = [sys.executable, "-m", "tests.pipelines.dying_resume", str(tmp_path / "first"), str(every)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert [death["killed"] for death in deaths] == [True] * (len(deaths) - 1) + [False]
    assert {death["before"]["latest"] for death in deaths} == {"1", "2"}
    assert all(death[when]["whole"] and death[when]["status"] == "published" for death in deaths for when in ("before", "after"))
    assert {(death["status"], death["archived"], *death["leftovers"]) for death in deaths} == {("published", 1, ".lock")}
