"""Which runs a file of the history holds: it says so in its own metadata, so that both are replaced in one step."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.datasets import REVIEWED
from schemas.errors import SamverkanError
from schemas.history import HISTORY
from schemas.manifest import Manifest, read_manifest
from schemas.output import history_file, latest_run
from schemas.runs import list_runs

CRAWL = "crawl"
"""The kind that a folder is for where it has several: its runs hold all that is known."""
FILES = (*HISTORY, *REVIEWED)
"""The datasets that have a file in `history`: the versions of the facts, and the log of changes."""


@dataclass(frozen=True, slots=True, order=True)
class AppliedRun:
    """A run as the history remembers it, also when it was pruned. Runs are applied in this order."""

    started_at: str
    """In ISO 8601, UTC: "2026-11-21T04:00:00Z"."""
    run_id: str

    @property
    def began(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.started_at)


@dataclass(frozen=True, slots=True)
class Applied:
    """The runs that a file holds, in order, all of one kind: crawl, extract or demo."""

    kind: str
    runs: tuple[AppliedRun, ...] = ()

    def then(self, runs: Iterable[AppliedRun]) -> "Applied":
        """With these runs too."""
        return Applied(self.kind, (*self.runs, *runs))

    def describe(self, schema: pa.Schema) -> pa.Schema:
        """The schema of a file that holds these runs."""
        runs = json.dumps([[run.run_id, run.started_at] for run in self.runs])
        return schema.with_metadata({**(schema.metadata or {}), b"kind": self.kind.encode(), b"runs": runs.encode()})


def read_applied(file: Path) -> Applied | None:
    """What a file of the history holds; None where there is no such file. SamverkanError where it does not say."""
    if not file.exists():
        return None
    try:
        metadata = pq.read_schema(file).metadata or {}
        runs = tuple(AppliedRun(started_at, run_id) for run_id, started_at in json.loads(metadata[b"runs"]))
        return Applied(metadata[b"kind"].decode(), runs)
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise SamverkanError(f"{file} does not say which runs it holds; move it away and run samverkan history --update") from error


def find_kind(output: Path) -> str | None:
    """The kind of the runs that the history is of: crawls where there are any, of one that began before them too.

    Else that with which it began, else that of `latest`; None where nothing was published.
    """
    begun = [applied.kind for dataset in FILES if (applied := read_applied(history_file(output, dataset)))]
    if CRAWL in begun or list_published(output, CRAWL):
        return CRAWL
    newest = latest_run(output)
    return begun[0] if begun else read_manifest(newest).kind if newest else None


def list_published(output: Path, kind: str) -> list[AppliedRun]:
    """The published runs of a kind that are at hand, in their order."""
    return sorted(AppliedRun(run.started_at, run.run_id) for run in list_runs(output) if is_published(run, kind))


def is_published(run: Manifest, kind: str) -> bool:
    """Whether it is a published run of the kind."""
    return run.status == "published" and run.kind == kind


def find_pending(output: Path) -> list[str]:
    """The ids of the runs at hand that a file of the history lacks: they must not be pruned before it has them."""
    kind = find_kind(output)
    if kind is None:
        return []
    held = [find_applied(output, dataset, kind) for dataset in FILES]
    return [run.run_id for run in list_published(output, kind) if any(run not in applied.runs for applied in held)]


def find_applied(output: Path, dataset: str, kind: str) -> Applied:
    """What a file of the history holds of a kind of runs: nothing where there is none, or where it began with another kind."""
    applied = read_applied(history_file(output, dataset))
    return applied if applied and applied.kind == kind else Applied(kind)
