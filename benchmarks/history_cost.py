"""What one more run costs a long history: `python -m benchmarks.history_cost [--facts N] [--runs N]`.

A quarter of the facts changes from run to run, so that six runs of 300,000 make a million versions. The last run is then taken in by a
process of its own, beside DuckDB's bare reading, sorting and writing of the same file.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

import duckdb

from review.history import update_history
from samverkan.display import print_table
from schemas.output import history_file, run_folder

PAGES = 15_000
KEY = "page_id, organisation_id, member_id, role, valid_from"


def make_run(output: Path, number: int, facts: int) -> None:
    """A published crawl that looked at all its pages, with datasets of pages and members alone."""
    folder = run_folder(output, f"run-{number:02}")
    folder.mkdir(parents=True)
    began = f"2026-11-{number + 1:02}"
    page_id = "substr(md5((i % 15000)::VARCHAR), 1, 16)"
    pages = f"""SELECT {page_id} AS page_id, 'ale' AS site_id, 'https://ale.se/' || i AS url, true AS is_collaboration,
        TIMESTAMPTZ '{began} 12:15:00Z' AS checked_at FROM range({PAGES}) AS t(i)"""
    members = f"""SELECT {page_id} AS page_id, 'org:body-' || (i // 20) AS organisation_id, 'Body ' || (i // 20) AS organisation_name,
        'kommun:' || (1000 + i % 290) AS member_id, 'Kommun ' || (i % 290) AS member_name, 'member' AS role,
        (CASE WHEN (i + {number}) % 4 = 0 THEN {number} ELSE 0 END)::DOUBLE AS share, 'named' AS basis,
        'Body ' || (i // 20) || ' ägs av ' || md5(i::VARCHAR) AS evidence,
        i AS text_start, i + 100 AS text_end, 'text' AS evidence_source, 'owned_by' AS method, 0.9::DOUBLE AS confidence
        FROM range({facts}) AS t(i)"""
    for dataset, query in (("pages", pages), ("members", members)):
        duckdb.execute(f"COPY ({query}) TO '{folder / dataset}.parquet'")
    manifest = {"run_id": folder.name, "kind": "crawl", "status": "published", "started_at": f"{began}T12:00:00Z"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    latest = output / "latest"
    latest.unlink(missing_ok=True)
    latest.symlink_to(folder)


def rewrite_bare(output: Path) -> None:
    """The file read, sorted and written by DuckDB, as the history is, but with nothing new in it."""
    file = history_file(output, "members")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY (FROM '{file}' ORDER BY {KEY}) TO '{file.with_name('bare')}' (FORMAT parquet, COMPRESSION zstd)")


def measure(work: Callable[[Path], None], output: Path) -> tuple[float, float, float]:
    """Seconds, CPU seconds, and megabytes at the peak, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure_here, (work, output))


def _measure_here(work: Callable[[Path], None], output: Path) -> tuple[float, float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work(output)
    return time.perf_counter() - began, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints both, side by side."""
    parser = argparse.ArgumentParser(description="What one more run costs a long history.")
    parser.add_argument("--facts", type=int, default=300_000, help="in a run")
    parser.add_argument("--runs", type=int, default=6, help="before the one that is measured")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        for number in range(options.runs):
            make_run(output, number, options.facts)
        update_history(output)
        bare = measure(rewrite_bare, output)
        make_run(output, options.runs, options.facts)
        ours = measure(update_history, output)
        [(versions,)] = duckdb.execute(f"SELECT count(*) FROM '{history_file(output, 'members')}'").fetchall()
    sys.stdout.write(f"{options.facts:,} facts, {versions:,} versions of them afterwards\n\n")
    rows = [(name, *(round(figure, 1) for figure in figures)) for name, figures in (("one more run", ours), ("bare rewrite", bare))]
    print_table(("", "seconds", "CPU seconds", "MB at the peak"), rows)


if __name__ == "__main__":
    main()
