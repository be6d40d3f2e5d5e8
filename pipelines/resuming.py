"""Which unfinished crawl can be gone on with, and how its run is opened again.

A crawl that was killed or stopped, or whose disk was full, left its answers in `archive/<run_id>.warc.gz`. Gone through again, they
make the run that it would have become.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.recovery import read_run_id
from pipelines.manifest import describe_code, describe_libraries, format_instant, write_manifest
from pipelines.publish import clear_folder
from schemas.disk import writing
from schemas.errors import OutputUnwritable, UsageError
from schemas.manifest import Manifest
from schemas.output import run_folder, warc_file
from schemas.runs import find_previous, list_runs

WITHIN = timedelta(days=2)
"""An older crawl is not gone on with unless it is named: its first pages would be news of last week."""
TASK = ("sites", "names", "max_pages")
"""The options that say what a crawl was to fetch."""


def find_unfinished(output: Path, options: Mapping[str, Any] | None = None, since: datetime | None = None) -> Manifest | None:
    """The newest crawl that can be gone on with, of the task that `options` tell, begun `since`; None where there is none."""
    for run in reversed(list_runs(output)):
        is_recent = since is None or datetime.fromisoformat(run.started_at) > since
        if is_recent and explain_refusal(output, run) is None and (options is None or is_same_task(run, options)):
            return run
    return None


def read_unfinished(output: Path, run_id: str) -> Manifest:
    """The crawl that was named. Raises UsageError with the reason where it cannot be gone on with."""
    manifest = next((run for run in list_runs(output) if run.run_id == run_id), None)
    if manifest is None:
        raise UsageError(f"There is no run {run_id} in {output} to go on with.")
    if reason := explain_refusal(output, manifest):
        raise UsageError(f"The run {run_id} cannot be gone on with: {reason}.")
    return manifest


def explain_refusal(output: Path, manifest: Manifest) -> str | None:
    """Why a run cannot be gone on with; None where it can."""
    if manifest.kind != "crawl":
        return f"it is no crawl but a {manifest.kind}"
    if not (manifest.status in ("running", "interrupted") or manifest.exit_code == OutputUnwritable.exit_code):
        return f"it is {manifest.status}"
    previous = find_previous(output, manifest.kind)
    if (previous.name if previous else None) != manifest.previous_run_id:
        return "another run was published since it began"
    warc = warc_file(output, manifest.run_id)
    if not warc.is_file():
        return "nothing of it lies in the archive"
    return None if read_run_id(warc) in (None, manifest.run_id) else f"{warc} is the archive of another run"


def is_same_task(manifest: Manifest, options: Mapping[str, Any]) -> bool:
    """Whether a run was to fetch what these options say."""
    return all(str(manifest.options.get(name) or "") == str(options.get(name) or "") for name in TASK)


def reopen_run(output: Path, run_id: str, partial: Path) -> Manifest:
    """Takes the kept folder of an unfinished run back out of sight, empty but for its manifest. The caller holds the lock."""
    folder = run_folder(output, run_id)
    manifest = read_unfinished(output, run_id)
    with writing(partial):
        folder.rename(partial)
    clear_folder(partial)
    resumed = [*manifest.resumed_at, format_instant(datetime.now(UTC))]
    reopened = replace(manifest, status="running", reason=None, exit_code=None, finished_at=None, resumed_at=resumed, datasets={}, files={})
    reopened.code, reopened.libraries = describe_code(), describe_libraries()  # its pages are all read again, by what runs now
    write_manifest(reopened, partial)
    return reopened
