"""Which runs the history of an output lacks: those may not be removed."""

import json
from pathlib import Path

import pyarrow.parquet as pq

from schemas.datasets import REVIEWED
from schemas.history import HISTORY
from schemas.runs import list_runs


def find_pending(output: Path) -> list[str]:
    """The ids of the published runs that a file of the history has not taken in, oldest first."""
    held = [read_applied(output / "history" / f"{dataset}.parquet") for dataset in (*HISTORY, *REVIEWED)]
    published = [run.run_id for run in list_runs(output) if run.status == "published"]
    return [run_id for run_id in published if any(run_id not in there for there in held)]


def read_applied(path: Path) -> set[str]:
    """The ids of the runs that a file of the history holds, as its metadata tell."""
    metadata = (pq.read_schema(path).metadata or {}) if path.is_file() else {}
    return {run_id for run_id, _ in json.loads(metadata.get(b"runs", b"[]"))}
