"""Which two runs are compared: those that a command line names, else the newest one and the one before it."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from schemas.errors import UsageError
from schemas.manifest import Manifest
from schemas.output import LATEST, latest_run
from schemas.runs import list_runs

ENDED = ("published", "held")
"""Runs that have all their datasets."""


def choose_runs(output: Path, names: Sequence[str]) -> tuple[str, Manifest]:
    """The id of the earlier run, and the later one. Of one name it is the later one, of none the latest published run.

    The earlier one may have been pruned. Raises UsageError where a run is unknown or has no datasets, or where there is none before it.
    """
    after = find_run(output, names[-1] if names else LATEST)
    if len(names) == 2:
        return check_pair(find_run(output, names[0]), after).run_id, after
    before = after.previous_run_id or find_run_before(output, after)
    if before is None:
        raise UsageError(f"The run {after.run_id} is the first {after.kind} in {output}: there is none to compare it with.")
    return before, after


def find_run(output: Path, name: str) -> Manifest:
    """The run of that id, or `latest`. Raises UsageError, which names those that may have been meant."""
    runs = {run.run_id: run for run in list_runs(output)}
    if name == LATEST:
        newest = latest_run(output)
        if newest is None:
            raise UsageError(f"No run was published in {output}. Another folder: --output DIR.")
        return runs[newest.name]
    if name not in runs:
        near = get_close_matches(name, runs, n=3, cutoff=0.8) or [run_id for run_id in runs if run_id.startswith(name)][-3:]
        hint = f"Did you mean {' or '.join(near)}?" if near else "samverkan runs lists them."
        raise UsageError(f"There is no run {name} in {output}. {hint}")
    if runs[name].status not in ENDED:
        raise UsageError(f"The run {name} is {runs[name].status} and has no datasets to compare.")
    return runs[name]


def find_run_before(output: Path, after: Manifest) -> str | None:
    """The newest published run of its kind that began before it."""
    began = (after.started_at, after.run_id)
    runs = [run for run in list_runs(output) if run.kind == after.kind and run.status == "published"]
    return next((run.run_id for run in reversed(runs) if (run.started_at, run.run_id) < began), None)


def check_pair(before: Manifest, after: Manifest) -> Manifest:
    """The earlier one. Raises UsageError where the two cannot be compared."""
    if before.run_id == after.run_id:
        raise UsageError(f"{after.run_id} is one run: two are compared.")
    if before.kind != after.kind:
        raise UsageError(f"{before.run_id} is {name_kind(before)}, {after.run_id} {name_kind(after)}: only runs of one kind are compared.")
    return before


def name_kind(run: Manifest) -> str:
    """ "a crawl", "an extract" """
    return f"{'an' if run.kind[0] in 'aeiou' else 'a'} {run.kind}"
