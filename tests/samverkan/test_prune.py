"""`samverkan prune`, as an operator calls it."""

from pathlib import Path

from pipelines.lock import holding_lock
from schemas.tables import read_rows
from tests.pipelines.archived_runs import archive_run, write_history
from tests.pipelines.small_pages import GR, GR_TEXT
from tests.samverkan.program import run

CONTACT, ANNA = "https://ale.se/kontakt", "Kontakt: Anna Svensson, +46303330116"


def make_output(folder: Path) -> Path:
    """Two crawls of another text each."""
    archive_run(folder, "20261121T040000Z", {GR: GR_TEXT})
    archive_run(folder, "20261128T040000Z", {GR: GR_TEXT + ", Kungälvs kommun"}, hours=168)
    return folder


def list_files(output: Path) -> list[Path]:
    return sorted(path for path in output.rglob("*") if path.name != ".lock")


def test_it_tells_what_it_removed(tmp_path: Path) -> None:
    write_history(make_output(tmp_path), "20261121T040000Z")
    done = run("prune", "--keep-runs", 1, "--output", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, total = done.stdout.splitlines()
    assert (first, second) == ("Removed 20261121T040000Z", "Removed archive/20261121T040000Z.wacz")
    assert total.startswith("Removed 1 run and 1 archive, ")
    assert total.endswith(" kB.")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["20261128T040000Z"]
    assert run("prune", "--keep-runs", 1, "--output", tmp_path).stdout == "There is nothing to remove.\n"


def test_a_dry_run_only_tells(tmp_path: Path) -> None:
    write_history(make_output(tmp_path), "20261121T040000Z")
    before = list_files(tmp_path)
    done = run("prune", "--keep-runs", 1, "--dry-run", "--output", tmp_path)
    assert "Would remove 20261121T040000Z\n" in done.stdout
    assert list_files(tmp_path) == before


def test_runs_that_the_history_lacks_are_refused(tmp_path: Path) -> None:
    before = list_files(make_output(tmp_path))
    done = run("prune", "--keep-runs", 1, "--output", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("samverkan: The history lacks 20261121T040000Z, so nothing is removed.")
    assert list_files(tmp_path) == before


def test_it_waits_for_no_run(tmp_path: Path) -> None:
    with holding_lock(make_output(tmp_path), "crawl 20261205T040000Z"):
        done = run("prune", "--keep-runs", 1, "--output", tmp_path)
    assert done.returncode == 75
    assert "crawl 20261205T040000Z" in done.stderr


def test_where_no_run_is_nothing_is_made(tmp_path: Path) -> None:
    done = run("prune", "--keep-runs", 1, "--output", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "There is no run in" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_at_least_one_run_is_kept(tmp_path: Path) -> None:
    assert run("prune", "--keep-runs", 0, "--output", make_output(tmp_path)).returncode == 2


def test_persons_are_forgotten_after_some_days(tmp_path: Path) -> None:
    archive_run(tmp_path, "20200124T040000Z", {CONTACT: ANNA}, hours=-60_000)
    done = run("prune", "--keep-runs", 1, "--forget-persons-after", 365, "--output", tmp_path)
    assert done.stdout.splitlines()[1] == "Masked persons in 1 run and 0 other files, and dropped 2 records of archives."
    assert [row["person"] for row in read_rows(tmp_path / "latest" / "contacts.parquet")] == [None]
    assert [row["text"] for row in read_rows(tmp_path / "latest" / "pages.parquet")] == ["Kontakt: ████ ████████, +███████████"]


def test_the_list_is_heeded_however_new_a_page_is(tmp_path: Path) -> None:
    output = make_output(tmp_path / "output")
    (output / "do-not-publish.txt").write_text("# nobody yet\n")
    assert run("prune", "--keep-runs", 2, "--output", output).stdout == "There is nothing to remove.\n"
    (output / "do-not-publish.txt").write_text("Anna Svensson\n")
    archive_run(output, "20261205T040000Z", {CONTACT: ANNA}, hours=336)
    done = run("prune", "--keep-runs", 3, "--output", output)
    assert done.stdout.endswith("Masked persons in 1 run and 0 other files, and dropped 2 records of archives.\n")
    assert [row["person"] for row in read_rows(output / "latest" / "contacts.parquet")] == [None]


def test_a_list_that_cannot_be_read_is_told_before_anything_is_removed(tmp_path: Path) -> None:
    write_history(make_output(tmp_path), "20261121T040000Z")
    (tmp_path / "do-not-publish.txt").write_text("Anna\n")
    before = list_files(tmp_path)
    done = run("prune", "--keep-runs", 1, "--output", tmp_path)
    assert done.returncode == 2
    assert "do-not-publish.txt, line 1: 'Anna' is no e-mail address" in done.stderr
    assert list_files(tmp_path) == before
