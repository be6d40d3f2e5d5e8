"""Publishing a run that its checks held, after a person looked at it."""

from pathlib import Path

from pipelines.lock import OutputLock
from pipelines.metrics import show_metrics
from pipelines.publish import clear_leftovers, publish_held
from pipelines.reviewing import note_published
from pipelines.store import hash_file
from schemas.errors import UsageError
from schemas.manifest import Manifest
from schemas.output import run_folder
from schemas.review import Reviewer
from schemas.runs import find_previous, list_runs


def accept_run(output: Path, run_id: str, reviewer: Reviewer) -> Manifest:
    """Publishes a held run; gives its manifest. Raises UsageError where that cannot be, LockHeld, OutputUnwritable."""
    if not (output / "runs").is_dir():
        raise UsageError(f"There is no run in {output}.")
    lock = OutputLock(output)
    lock.acquire(f"accept {run_id}")
    try:
        clear_leftovers(output)
        held = read_held(output, run_id)
        folder = run_folder(output, run_id)
        accepted = publish_held(folder, output)
        if held.kind == "crawl":
            show_metrics(folder, output)
        note_published(reviewer, output, run_id)
        return accepted
    finally:
        lock.release()


def read_held(output: Path, run_id: str) -> Manifest:
    """The run that was named. Raises UsageError with the reason where it cannot be published."""
    manifest = next((run for run in list_runs(output) if run.run_id == run_id), None)
    if manifest is None:
        raise UsageError(f"There is no run {run_id} in {output}.")
    if reason := explain_refusal(output, manifest) or find_damage(output, manifest):
        raise UsageError(f"The run {run_id} cannot be accepted: {reason}.")
    return manifest


def explain_refusal(output: Path, manifest: Manifest) -> str | None:
    """Why a run cannot be published any more, whatever its files are; None where it can."""
    if manifest.status != "held":
        return f"it is not held but {manifest.status}"
    newest = find_previous(output, manifest.kind)
    if newest and newest.name != manifest.previous_run_id:
        return f"the run {newest.name} was published since, and what this one kept of the run before is out of date; crawl again"
    return None


def find_damage(output: Path, manifest: Manifest) -> str | None:
    """Which file of a run is not as its manifest says; None where all are."""
    folder = run_folder(output, manifest.run_id)
    for name, digest in manifest.files.items():
        file = (output if name.startswith("archive/") else folder) / name
        if not file.is_file():
            return f"{file} is missing"
        if hash_file(file) != digest:
            return f"{file} is not what the run wrote"
    return None
