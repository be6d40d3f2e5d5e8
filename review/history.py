"""The history of an output folder, brought up to its published runs: `history/<dataset>.parquet`, a file at a time.

Each file is replaced whole and says itself which runs it holds. So a run that was killed between two files, or between its publication and
the history, is made up for by the next update.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from review.applied import FILES, Applied, AppliedRun, find_applied, find_kind, list_published, read_applied
from review.log import extend_log
from review.looks import RunView
from review.versions import stream_versions
from schemas.datasets import REVIEWED
from schemas.disk import writing
from schemas.errors import OutputUnwritable, SamverkanError, UsageError
from schemas.output import history_file
from schemas.tables import history_schema, write_batches

logger = logging.getLogger(__name__)

MEMORY = "512MB"
"""What DuckDB may take before it puts rows aside on the disk."""
THREADS = 1
"""Each takes memory of its own, so that on a machine of many cores the limit would not do."""


def update_history(output: Path) -> None:
    """Applies every published run that a file of the history lacks; the caller holds the lock of the output.

    Raises OutputUnwritable, or SamverkanError where a file of the history cannot be used.
    """
    if kind := find_kind(output):
        published = list_published(output, kind)
        with opening(output) as connection:
            for dataset in FILES:
                update_file(connection, output, dataset, kind, published)


def rebuild_history(output: Path) -> None:
    """Makes the history anew of the published runs of its kind; the caller holds the lock of the output.

    Raises UsageError where runs that the history knows were pruned: it holds what cannot be read again. OutputUnwritable.
    """
    kind = find_kind(output)
    if kind is None:
        raise UsageError(f"No run was published in {output}, so there is no history.")
    published = list_published(output, kind)
    if pruned := find_pruned(output, published):
        raise UsageError(f"The history holds runs that are gone, among them {pruned[0]}, and cannot be made anew without them.")
    with opening(output) as connection:
        for dataset in FILES:
            write_file(connection, output, dataset, None, Applied(kind), published)


def find_pruned(output: Path, published: Sequence[AppliedRun]) -> list[str]:
    """The runs that a file of the history holds, and that are no longer at hand."""
    held = [applied.runs for dataset in FILES if (applied := read_applied(history_file(output, dataset)))]
    return sorted({run.run_id for runs in held for run in runs} - {run.run_id for run in published})


def update_file(connection: duckdb.DuckDBPyConnection, output: Path, dataset: str, kind: str, published: Sequence[AppliedRun]) -> None:
    """Applies to one file the runs that it lacks.

    A run that was held, and accepted after a later one had been published, comes too late for a file that goes on: it is made anew, or
    where runs were pruned goes without.
    """
    file = history_file(output, dataset)
    applied = find_applied(output, dataset, kind)
    pending = [run for run in published if run not in applied.runs]
    late = [run for run in pending if applied.runs and run < applied.runs[-1]]
    if late and set(applied.runs) <= set(published):
        write_file(connection, output, dataset, None, Applied(kind), published)
        return
    if late:
        logger.warning("the history of %s goes without %s, which came after later runs", dataset, ", ".join(run.run_id for run in late))
    if due := [run for run in pending if run not in late]:
        write_file(connection, output, dataset, file if applied.runs else None, applied, due)


def write_file(
    connection: duckdb.DuckDBPyConnection, output: Path, dataset: str, file: Path | None, applied: Applied, due: Sequence[AppliedRun]
) -> None:
    """Replaces one file by what it becomes with the runs that are due. `file`: from which it goes on; None to begin."""
    runs = applied.then(due)
    before = dict(zip(runs.runs[1:], runs.runs, strict=False))
    views = [RunView(output, applied.kind, run, before.get(run)) for run in due]
    if dataset in REVIEWED:
        extend_log(dataset, file, views, history_file(output, dataset), runs)
        return
    write_batches(stream_versions(connection, dataset, file, views), runs.describe(history_schema(dataset)), history_file(output, dataset))


@contextmanager
def opening(output: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that puts aside beside the history what does not fit into memory; its errors and Arrow's become ours."""
    spill = output / "history" / ".spill"
    with writing(spill):
        shutil.rmtree(spill, ignore_errors=True)
        spill.mkdir(parents=True)
    try:
        with duckdb.connect(config={"memory_limit": MEMORY, "threads": THREADS, "temp_directory": str(spill)}) as connection:
            connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false; SET enable_progress_bar = false")
            yield connection
    except duckdb.IOException as error:
        raise OutputUnwritable(f"cannot write the history in {output}: {error}") from error
    except (duckdb.Error, pa.ArrowException) as error:
        raise SamverkanError(f"the history in {output} could not be brought up to date: {error}") from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)
