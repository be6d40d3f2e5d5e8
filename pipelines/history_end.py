"""Up to which run the history of an output has been brought; what it has not taken in may not be removed."""

from pathlib import Path

import pyarrow.parquet as pq

from schemas.history import HISTORY
from schemas.runs import list_runs


def is_in_history(output: Path, run_id: str) -> bool:
    """Whether every file of the history has taken in a published run: the last that it took in is this one or a later one."""
    ends = {read_history_end(output / "history" / f"{dataset}.parquet") for dataset in HISTORY}
    order = [run.run_id for run in list_runs(output)]
    return all(end in order and order.index(end) >= order.index(run_id) for end in ends)


def read_history_end(path: Path) -> str | None:
    """The last run that a file of the history took in; None where there is no such file, or it does not tell."""
    if not path.is_file():
        return None
    told = (pq.read_schema(path).metadata or {}).get(b"run_id")
    return told.decode() if told else None
