"""Takes away the runs of the past but the newest, and the archives that nothing needs any more."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from archive.references import find_referred
from pipelines.accept import explain_refusal as explain_unacceptable
from pipelines.disk_need import measure_files
from pipelines.kept_files import is_archive, is_ours
from pipelines.publish import clear_removed
from pipelines.resuming import explain_refusal as explain_unfit
from schemas.disk import sync, writing
from schemas.errors import UsageError
from schemas.manifest import Manifest
from schemas.output import MANIFEST, archive_file, failures_file, latest_run, partial_folder, removed_folder, run_folder, warc_file
from schemas.runs import list_runs

PLACES: Mapping[str, tuple[str, ...]] = {
    "pages": ("archive_file",),
    "fetches": ("archive_file",),
    "page_changes": ("archive_file", "previous_archive_file"),
}
"""Where datasets name archives."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """What is to be taken away, or was."""

    runs: tuple[str, ...]
    """Their ids, oldest first."""
    archives: tuple[Path, ...]
    size: int
    """Bytes that it gives back."""


def plan_pruning(output: Path, keep: int, pending: Collection[str]) -> Pruning:
    """What can go so that the newest `keep` published runs of each kind stay, and as many of those that were not published.

    `pending`: the runs that the history has not taken in. Raises UsageError where one of them would go, or where it cannot be told what
    a run needs.
    """
    runs = list_runs(output)
    if unreadable := find_unreadable(output, runs):
        raise UsageError(f"{unreadable} cannot be read, so nothing is removed: what the run needs is not known.")
    gone = list(choose_runs(output, runs, keep))
    lost = [run.run_id for run in gone if run.run_id in pending]
    if lost:
        raise UsageError(f"The history lacks {', '.join(lost)}, so nothing is removed. `samverkan history --update` brings it up to date.")
    names = tuple(run.run_id for run in gone)
    archives = tuple(find_unneeded(output, [run for run in runs if run.run_id not in names]))
    folders = (path for name in names for path in run_folder(output, name).rglob("*"))
    return Pruning(names, archives, measure_files([*folders, *archives]))


def find_unreadable(output: Path, runs: Iterable[Manifest]) -> Path | None:
    """The manifest of a run that is not among the `runs`, because it cannot be read; None where there is no such run."""
    known = {folder(output, run.run_id) for run in runs for folder in (run_folder, partial_folder)}
    folders = sorted({*(output / "runs").glob("*")} - known - {*(output / "runs").glob(removed_folder(output, "*").name)})
    return next((folder / MANIFEST for folder in folders if (folder / MANIFEST).exists()), None)


def choose_runs(output: Path, runs: list[Manifest], keep: int) -> Iterator[Manifest]:
    """The runs that can go, of all runs, oldest first. `latest`, what runs or came after it, can be gone on with or accepted, stays."""
    latest = latest_run(output)
    stays = {latest.name} if latest else set()
    stays |= set(newest_of_each_kind((run for run in runs if run.status == "published"), keep))
    stays |= set(newest_of_each_kind((run for run in runs if run.status != "published"), keep))
    is_past = latest is not None
    for run in runs:
        is_past = is_past and not (latest and run.run_id == latest.name)
        is_done = explain_unfit(output, run) and explain_unacceptable(output, run)
        if run.run_id not in stays and (is_past or run.status == "published") and is_done:
            yield run


def newest_of_each_kind(runs: Iterable[Manifest], keep: int) -> Iterator[str]:
    """The ids of the newest runs of each kind: only runs of one kind are compared. `runs`: oldest first."""
    of_kind: dict[str, list[str]] = {}
    for run in runs:
        of_kind.setdefault(run.kind, []).append(run.run_id)
    return (run_id for there in of_kind.values() for run_id in there[-keep:])


def find_unneeded(output: Path, kept: Iterable[Manifest]) -> Iterator[Path]:
    """The files of `archive` that no run needs that is kept, neither itself nor by way of another archive's revisits."""
    needed: set[str] = set()
    waiting = {name for run in kept for name in name_archives(output, run)}
    while waiting:
        needed |= waiting
        found = {name for archive in waiting if is_archive(path := output / "archive" / archive) for name in find_referred(path)}
        waiting = found - needed
    for path in sorted((output / "archive").glob("*")):
        if path.name not in needed and is_ours(path):
            yield path


def name_archives(output: Path, run: Manifest) -> set[str]:
    """The names of a run's own archive and list of failures, and of the archives that its datasets name."""
    names = {path(output, run.run_id).name for path in (archive_file, warc_file, failures_file)}
    for dataset, columns in PLACES.items():
        path = run_folder(output, run.run_id) / f"{dataset}.parquet"
        for column in columns if path.exists() else ():
            names.update(name for name in pq.read_table(path, columns=[column])[column].unique().to_pylist() if name)
    return names


def remove_pruned(output: Path, pruning: Pruning) -> None:
    """Removes it; the caller holds the lock. A run is out of sight before its first file goes. Raises OutputUnwritable."""
    for run_id in pruning.runs:
        hidden = removed_folder(output, run_id)
        with writing(hidden):
            run_folder(output, run_id).rename(hidden)
            sync(hidden.parent)
    clear_removed(output)
    for path in pruning.archives:
        with writing(path):
            path.unlink(missing_ok=True)
