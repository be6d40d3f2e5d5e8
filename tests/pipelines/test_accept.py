"""A held run is kept beside `latest`, and published when somebody says so and nothing stands against it."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipelines.accept import accept_run
from pipelines.lock import OutputLock
from pipelines.publish import clear_leftovers
from pipelines.resuming import explain_refusal
from schemas.datasets import DATASETS
from schemas.errors import LockHeld, OutputUnwritable, RunHeld, UsageError
from schemas.manifest import read_manifest
from schemas.output import archive_file, run_folder, warc_file
from schemas.review import Candidate, Verdict
from schemas.tables import read_rows
from tests.pipelines.held_runs import FEW, MANY, crawl, hold_run
from tests.pipelines.prometheus_text import read_metrics
from tests.pipelines.test_publish import run_program


@dataclass
class Listener:
    """A reviewer that hears what is published; `is_ill`: it cannot write it down."""

    is_ill: bool = False
    heard: list[str] = field(default_factory=list)

    def review(self, candidate: Candidate) -> Verdict:
        """Finds nothing."""
        return Verdict()

    def note_published(self, output: Path) -> None:
        """Hears of `latest`."""
        self.heard.append((output / "latest").resolve().name)
        if self.is_ill:
            raise OutputUnwritable("the disk is full")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output with a published run "a" and a held run "b"."""
    output = tmp_path_factory.mktemp("held")
    hold_run(output)
    return output


@pytest.fixture
def output(held: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(held, tmp_path / "output", symlinks=True)


def test_a_held_run_is_kept_whole_and_latest_stays(held: Path) -> None:
    manifest = read_manifest(run_folder(held, "b"))
    assert (manifest.status, manifest.exit_code, manifest.previous_run_id) == ("held", 3, "a")
    assert manifest.reason is not None
    assert "members: 20 rows on the pages of both runs, 60 in a: 33% (expected: at least 50%)" in manifest.reason
    assert {finding.severity for finding in manifest.checks} >= {"hold"}
    assert {path.stem for path in run_folder(held, "b").glob("*.parquet")} == DATASETS.keys()
    assert (held / "latest").resolve().name == "a"
    status = read_metrics((held / "metrics.prom").read_text("utf-8"))["samverkan_run_status"]
    assert status[("status", "held"),] == 1


def test_an_accepted_run_is_the_newest_published_one(output: Path) -> None:
    listener = Listener()
    accepted = accept_run(output, "b", listener)
    assert (output / "latest").resolve() == run_folder(output, "b")
    assert read_manifest(output / "latest") == accepted
    assert (accepted.status, accepted.exit_code, accepted.reason) == ("published", 0, None)
    assert accepted.accepted_at
    assert accepted.checks
    assert listener.heard == ["b"]
    metrics = read_metrics((output / "metrics.prom").read_text("utf-8"))
    assert metrics["samverkan_run_exit_code"][()] == 0
    assert metrics["samverkan_run_rows"][("dataset", "members"),] == FEW
    assert crawl(output, "c", FEW, hours=2).previous_run_id == "b"


def test_the_crawl_after_a_held_one_follows_the_published_one(output: Path) -> None:
    assert crawl(output, "c", MANY, hours=2).previous_run_id == "a"
    assert read_manifest(run_folder(output, "b")).status == "held"
    assert len(read_rows(output / "latest" / "members.parquet")) == MANY


@pytest.mark.parametrize(
    ("run_id", "words"),
    [("x", "There is no run x"), ("../a", "There is no run"), ("a", "it is not held but published")],
)
def test_only_a_held_run_can_be_accepted(output: Path, run_id: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        accept_run(output, run_id, Listener())
    assert (output / "latest").resolve().name == "a"


def test_a_run_is_accepted_once(output: Path) -> None:
    accept_run(output, "b", Listener())
    with pytest.raises(UsageError, match="it is not held but published"):
        accept_run(output, "b", Listener())


def test_an_output_without_runs_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no run in"):
        accept_run(tmp_path / "none", "b", Listener())
    assert not (tmp_path / "none").exists()


def test_what_was_measured_against_an_older_run_is_refused(output: Path) -> None:
    crawl(output, "c", MANY, hours=2)
    with pytest.raises(UsageError, match="the run c was published since"):
        accept_run(output, "b", Listener())
    assert (output / "latest").resolve().name == "c"


def test_a_run_of_another_kind_stands_in_nobodys_way(output: Path) -> None:
    crawl(output, "c", MANY, kind="extract")
    assert accept_run(output, "b", Listener()).status == "published"


@pytest.mark.parametrize("name", ["members.parquet", "datapackage.json"])
@pytest.mark.parametrize(("is_there", "words"), [(True, "is not what the run wrote"), (False, "is missing")])
def test_a_run_whose_files_are_not_as_they_were_is_refused(output: Path, name: str, is_there: bool, words: str) -> None:
    file = run_folder(output, "b") / name
    file.unlink()
    if is_there:
        file.write_bytes(b"PAR1")
    with pytest.raises(UsageError, match=f"{name} {words}"):
        accept_run(output, "b", Listener())


def test_nothing_is_accepted_while_a_run_is_under_way(output: Path) -> None:
    lock = OutputLock(output)
    lock.acquire("crawl c")
    with pytest.raises(LockHeld, match="crawl c"):
        accept_run(output, "b", Listener())
    lock.release()
    accept_run(output, "b", Listener())
    lock.acquire("crawl c")  # it was released


def test_what_the_reviewer_cannot_note_costs_the_acceptance_nothing(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert accept_run(output, "b", Listener(is_ill=True)).status == "published"
    assert "history and feed lack the run b until the next one is published: the disk is full" in caplog.text


def test_a_held_run_is_not_gone_on_with(output: Path) -> None:
    assert explain_refusal(output, read_manifest(run_folder(output, "b"))) == "it is held"


def test_a_held_run_that_was_killed_in_its_last_step_leaves_its_archive_once(output: Path) -> None:
    archive_file(output, "b").touch()
    warc_file(output, "b").touch()
    clear_leftovers(output)
    assert archive_file(output, "b").exists()
    assert not warc_file(output, "b").exists()


def test_an_acceptance_that_is_killed_is_made_up_for(tmp_path: Path) -> None:
    result = run_program("dying_accept", str(tmp_path))
    assert result.returncode == 0, result.stderr
    deaths = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(deaths) > 8
    assert [death["killed"] for death in deaths] == [True] * (len(deaths) - 1) + [False]
    assert {(death["b"], death["after"]["latest"]) for death in deaths} == {("held", "a"), ("published", "b")}
    assert all(death["after"]["whole"] and death["after"]["status"] == "published" and not death["leftovers"] for death in deaths)
    assert all(death["before"]["whole"] and death["before"]["status"] == "published" for death in deaths)


def test_a_held_run_of_a_first_crawl_can_be_accepted(tmp_path: Path) -> None:
    with pytest.raises(RunHeld, match="at least 3,000"):
        crawl(tmp_path, "a", MANY, options={})
    assert not (tmp_path / "latest").exists()
    assert accept_run(tmp_path, "a", Listener()).previous_run_id is None
    assert (tmp_path / "latest").resolve().name == "a"
