"""`samverkan prune`, as an operator calls it."""

import shutil
from pathlib import Path

import pytest

from pipelines.lock import holding_lock
from schemas.tables import read_rows
from tests.pipelines.archived_runs import archive_run
from tests.pipelines.small_pages import GR, GR_TEXT
from tests.samverkan.program import run

FIRST, SECOND, THIRD = "20261121T040000Z", "20261128T040000Z", "20261205T040000Z"
CONTACT, ANNA = "https://ale.se/kontakt", "Kontakt: Anna Svensson, +46303330116"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three crawls; what the first got is needed no more."""
    output = tmp_path_factory.mktemp("crawled")
    archive_run(output, FIRST, {GR: GR_TEXT})
    archive_run(output, SECOND, {GR: GR_TEXT + ", Kungälvs kommun"}, hours=168)
    archive_run(output, THIRD, {}, hours=336, unchanged=[GR])
    return output


@pytest.fixture
def output(crawled: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return shutil.copytree(crawled, tmp_path / "output", symlinks=True)


def list_files(output: Path) -> list[Path]:
    return sorted(path for path in output.rglob("*") if path.name != ".lock")


def test_it_tells_what_it_removed(output: Path) -> None:
    done = run("prune", "--keep-runs", 1, "--output", output)
    assert (done.returncode, done.stderr) == (0, "")
    *removed, total = done.stdout.splitlines()
    assert removed == [f"Removed {FIRST}", f"Removed {SECOND}", f"Removed archive/{FIRST}.wacz"]
    assert total.startswith("Removed 2 runs and 1 archive, ")
    assert total.endswith(" kB.")
    assert [path.name for path in (output / "runs").iterdir()] == [THIRD]
    assert run("prune", "--keep-runs", 1, "--output", output).stdout == "There is nothing to remove.\n"


def test_a_dry_run_only_tells(output: Path) -> None:
    before = list_files(output)
    done = run("prune", "--keep-runs", 1, "--dry-run", "--output", output)
    assert f"Would remove {FIRST}\n" in done.stdout
    assert list_files(output) == before


def test_runs_that_the_history_lacks_are_refused(output: Path) -> None:
    (output / "history" / "pages.parquet").unlink()
    before = list_files(output)
    done = run("prune", "--keep-runs", 1, "--output", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"samverkan: The history lacks {FIRST}, {SECOND}, so nothing is removed.")
    assert list_files(output) == before


def test_it_waits_for_no_run(output: Path) -> None:
    with holding_lock(output, "crawl 20261212T040000Z"):
        done = run("prune", "--keep-runs", 1, "--output", output)
    assert done.returncode == 75
    assert "crawl 20261212T040000Z" in done.stderr


def test_where_no_run_is_nothing_is_made(tmp_path: Path) -> None:
    done = run("prune", "--keep-runs", 1, "--output", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "There is no run in" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_at_least_one_run_is_kept(output: Path) -> None:
    assert run("prune", "--keep-runs", 0, "--output", output).returncode == 2


def test_persons_are_forgotten_after_some_days(tmp_path: Path) -> None:
    archive_run(tmp_path, "20200124T040000Z", {CONTACT: ANNA}, hours=-60_000)
    done = run("prune", "--keep-runs", 1, "--forget-persons-after", 365, "--output", tmp_path)
    assert done.stdout.splitlines()[1] == "Masked persons in 1 run and 1 other file, and dropped 2 records of archives."
    assert [row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")] == [None]
    assert [row["text"] for row in read_rows(tmp_path / "latest" / "pages.parquet")] == ["Kontakt: ████ ████████, +███████████"]


def test_the_list_is_heeded_however_new_a_page_is(tmp_path: Path) -> None:
    archive_run(tmp_path, FIRST, {CONTACT: ANNA})
    (tmp_path / "do-not-publish.txt").write_text("# nobody yet\n")
    assert run("prune", "--keep-runs", 1, "--output", tmp_path).stdout == "There is nothing to remove.\n"
    (tmp_path / "do-not-publish.txt").write_text("Anna Svensson\n")
    done = run("prune", "--keep-runs", 1, "--output", tmp_path)
    assert done.stdout.endswith("Masked persons in 1 run and 1 other file, and dropped 2 records of archives.\n")
    assert [row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")] == [None]


def test_a_list_that_cannot_be_read_is_told_before_anything_is_removed(output: Path) -> None:
    (output / "do-not-publish.txt").write_text("Anna\n")
    before = list_files(output)
    done = run("prune", "--keep-runs", 1, "--output", output)
    assert done.returncode == 2
    assert "do-not-publish.txt, line 1: 'Anna' is no e-mail address" in done.stderr
    assert list_files(output) == before
