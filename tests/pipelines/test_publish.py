import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.lock import OutputLock
from pipelines.publish import choose_run_id, clear_leftovers
from pipelines.run import Run
from schemas.errors import LockHeld, OutputUnwritable
from schemas.manifest import read_manifest
from schemas.output import latest_run
from schemas.runs import list_runs
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines, run_pages

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys, time
from pathlib import Path
from pipelines.lock import OutputLock
OutputLock(Path(sys.argv[1])).acquire("crawl 1")
print("held", flush=True)
time.sleep(60)
"""


def run_program(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"tests.pipelines.{module}", *arguments], capture_output=True, text=True, timeout=120, cwd=ROOT
    )


@pytest.fixture(scope="module", params=["links", "linkless"])
def deaths(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    result = run_program("dying_run", str(tmp_path_factory.mktemp("deaths") / "first"), request.param)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_kill_at_any_step_leaves_latest_at_a_whole_run(deaths: list[dict[str, Any]]) -> None:
    assert len(deaths) > 10
    assert all(death["whole"] and death["status"] == "published" for death in deaths)
    assert [death["killed"] for death in deaths] == [True] * (len(deaths) - 1) + [False]
    turns = [death["latest"] for death in deaths]
    assert turns == sorted(turns)  # from the run before to the killed one, and never back
    assert set(turns) == {"1", "2"}


def test_the_run_after_a_kill_clears_up(deaths: list[dict[str, Any]]) -> None:
    assert {tuple(death["runs"]["2"]) for death in deaths} == {("interrupted", None), ("published", 0)}
    assert all(death["runs"]["3"] == ["published", 0] and death["after"]["latest"] == "3" and not death["leftovers"] for death in deaths)


def test_a_lock_held_by_another_process_refuses_a_run(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld, match=f"crawl 1, process {holder.pid}"):
            run_pages(tmp_path, make_page(GR, GR_TEXT))
        holder.kill()
    run_pages(tmp_path, make_page(GR, GR_TEXT))  # the system released the lock of the dead


def test_two_runs_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines), pytest.raises(LockHeld):
        Run.open(tmp_path, kind="crawl", run_id="b", sites=SITES, read=read_lines)
    assert [manifest.run_id for manifest in list_runs(tmp_path)] == ["a"]


def test_a_lock_is_released_once(tmp_path: Path) -> None:
    lock = OutputLock(tmp_path)
    lock.acquire("a")
    lock.release()
    lock.release()
    OutputLock(tmp_path).acquire("b")


def test_a_file_in_the_place_of_the_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(OutputUnwritable, match="a file stands where a folder is needed"):
        run_pages(tmp_path / "output", make_page(GR, GR_TEXT))


def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    result = run_program("refused_run", str(tmp_path / "output"), "permission")
    assert (result.returncode, result.stderr) == (74, "")
    assert "permission denied" in result.stdout


def test_a_full_disk_keeps_the_run_before(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    result = run_program("refused_run", str(tmp_path), "disk")
    assert result.returncode == 74, result.stderr
    assert "cannot write" in result.stdout
    assert len(result.stdout.splitlines()) == 1
    assert (tmp_path / "latest").readlink() == Path("runs/1")
    assert {path.name for path in (tmp_path / "runs/2").iterdir()} == {
        "manifest.json",
        "metrics.prom",
        "coverage.parquet",
        "issues.parquet",
    }
    failed = read_manifest(tmp_path / "runs/2")
    assert (failed.status, failed.exit_code) == ("failed", 74)
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="3")


def test_a_killed_run_without_a_manifest_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "runs/.a.partial").mkdir(parents=True)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/.a.wacz.part").touch()
    clear_leftovers(tmp_path)
    assert not list(tmp_path.glob("*/*"))


def test_latest_is_readable_while_it_is_replaced(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    reader = "import sys, pathlib\nwhile True: pathlib.Path(sys.argv[1]).read_bytes()"
    with subprocess.Popen([sys.executable, "-c", reader, str(tmp_path / "latest/members.parquet")], stderr=subprocess.PIPE) as process:
        time.sleep(0.2)
        for number in range(2, 6):
            run_pages(tmp_path, make_page(GR, GR_TEXT), run_id=str(number))
        assert process.poll() is None
        process.kill()


def publish_without_links(output: Path, run_id: str) -> None:
    """A run published by a process that the system gives no symbolic link."""
    program = (
        "import sys; from pathlib import Path; from tests.pipelines.dying_run import finish_run, forbid_links;"
        "forbid_links(); finish_run(Path(sys.argv[1]), sys.argv[2], 0)"
    )
    subprocess.run([sys.executable, "-c", program, str(output), run_id], cwd=ROOT, check=True)


def test_where_there_are_no_links_latest_is_a_file_that_readers_follow(tmp_path: Path) -> None:
    publish_without_links(tmp_path, "1")
    assert not (tmp_path / "latest").is_symlink()
    assert (tmp_path / "latest").read_text() == "runs/1\n"
    assert latest_run(tmp_path) == (tmp_path / "runs/1").resolve()


def test_latest_changes_its_form_with_the_file_system(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="1")
    publish_without_links(tmp_path, "2")  # a crawl: it takes over the rows of run 1
    assert (latest_run(tmp_path), read_manifest(tmp_path / "runs/2").previous_run_id) == ((tmp_path / "runs/2").resolve(), "1")
    run_pages(tmp_path, make_page(GR, GR_TEXT), run_id="3")
    assert (tmp_path / "latest").readlink() == Path("runs/3")
    assert read_manifest(tmp_path / "runs/3").previous_run_id == "2"


@pytest.mark.parametrize("pointer", [b"", b"runs/none", b"\0\xff", b"x" * 5000])
def test_a_pointer_to_nothing_is_no_run(tmp_path: Path, pointer: bytes) -> None:
    (tmp_path / "latest").write_bytes(pointer)
    assert latest_run(tmp_path) is None


def test_runs_are_listed_oldest_first(tmp_path: Path) -> None:
    (tmp_path / "runs/no-run").mkdir(parents=True)
    assert (list_runs(tmp_path), latest_run(tmp_path)) == ([], None)
    for run_id in ("b", "a"):
        run_pages(tmp_path, make_page(GR, GR_TEXT), run_id=run_id)
    assert sorted(manifest.run_id for manifest in list_runs(tmp_path)) == ["a", "b"]
    assert [manifest.started_at for manifest in list_runs(tmp_path)] == sorted(manifest.started_at for manifest in list_runs(tmp_path))


def test_a_run_without_an_id_is_named_by_the_time(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 4, tzinfo=UTC)
    assert choose_run_id(tmp_path, None, now) == "20261121T040000Z"
    (tmp_path / "runs/20261121T040000Z").mkdir(parents=True)
    assert choose_run_id(tmp_path, None, now) == "20261121T040001Z"


def test_the_output_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Run.open(Path("out"), kind="extract", sites=SITES, read=read_lines) as run:
        monkeypatch.chdir("/")
        run.add_page(make_page(GR, GR_TEXT))
        run.finish()
    assert len(pd.read_parquet(tmp_path / "out/latest/members.parquet")) == 2
