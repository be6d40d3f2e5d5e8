"""What comparing two runs costs, beside DuckDB's bare comparison of hashes: `python -m benchmarks.diff_cost [--facts N,N]`."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.diff_runs import write_runs
from review.facts import compare_facts
from review.review import RunReview
from review.stored import StoredRun, hash_key
from samverkan.display import print_table
from schemas.comparison import COMPARED
from schemas.datasets import DATASETS
from schemas.manifest import Manifest
from schemas.review import Candidate

FACTS = "1000000,10000000"
USUAL_PAGES, USUAL_FACTS, USUAL_WORDS = 15_000, 300_000, 640
"""The usual run: all sites, 5 KB of text on each page."""


def compare(before: Path, after: Path) -> int:
    """All changes of facts, gone through as whoever writes them does; how many there are."""
    return sum(1 for _ in compare_facts(before, after, cause="page", is_complete=True))


def compare_bare(before: Path, after: Path) -> int:
    """How many keys differ, by DuckDB alone: all columns hashed, joined by the hash of the key. Nothing is told of what they hold."""
    differing = 0
    with duckdb.connect() as connection:
        for dataset in COMPARED:
            values = ", ".join(f'"{column}"' for column in DATASETS[dataset].columns() if column != "run_id")
            was, now = (
                f"(SELECT {hash_key(dataset)} AS id, hash({values}) AS value FROM ({StoredRun(run).scan(dataset)}))"
                for run in (before, after)
            )
            query = f"SELECT count(*) FROM {was} was FULL JOIN {now} now USING (id) WHERE was.value IS DISTINCT FROM now.value"
            differing += (connection.execute(query).fetchone() or (0,))[0]
    return differing


def review(before: Path, after: Path) -> int:
    """A whole review of the later run: changes of facts and pages written into its folder; how many rows."""
    manifest = Manifest("after", "crawl", "running", "2026-11-21T12:00:00Z")
    (before / "manifest.json").write_text(
        json.dumps({"run_id": "before", "kind": "crawl", "status": "published", "started_at": "x"}), "utf-8"
    )
    return sum(RunReview().review(Candidate(after.parent, after, manifest, before)).tables.values())


WAYS: dict[str, Callable[[Path, Path], int]] = {"ours": compare, "bare": compare_bare, "review": review}


def measure(way: str, before: Path, after: Path) -> dict[str, Any]:
    """Seconds, seconds of CPU, MB of memory at the peak and rows of one way, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.diff_cost", "--way", way, str(before), str(after)]
    result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return result


def run_way(way: str, before: Path, after: Path) -> None:
    """What that process does: prints its figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        compare(*write_runs(Path(folder), 1000))  # loads what either way needs: libraries, the registry
    started, cpu = time.monotonic(), time.process_time()
    rows = WAYS[way](before, after)
    figures = {"seconds": time.monotonic() - started, "cpu": time.process_time() - cpu, "rows": rows}
    print(json.dumps(figures | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))  # noqa: T201


def measure_quickest(ways: Sequence[str], runs: tuple[Path, Path], repeats: int) -> dict[str, dict[str, Any]]:
    """The figures of each way at its quickest; they take turns, so that what else the machine does hits all."""
    figures: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(repeats):
        for way in ways:
            figures[way].append(measure(way, *runs))
    return {way: min(measured, key=lambda one: float(one["seconds"])) for way, measured in figures.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line per number of facts and way, and one for the usual run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", default=FACTS, help="how many facts the runs hold, one or several numbers")
    parser.add_argument("--pages", type=int, default=USUAL_PAGES, help="pages of the usual run, of 20 facts each")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("runs", nargs="*", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way:
        run_way(options.way, *options.runs)
        return 0
    rows = []
    for facts in map(int, options.facts.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            figures = measure_quickest(("ours", "bare"), write_runs(Path(folder), facts), options.repeats)
        for way, figure in figures.items():
            ratio, of_cpu = (figure[column] / figures["bare"][column] for column in ("seconds", "cpu"))
            rows.append((f"{facts:,} facts, {way}", *show(figure), f"{ratio:.2f}", f"{of_cpu:.2f}"))
    with tempfile.TemporaryDirectory() as folder:
        runs = write_runs(Path(folder), USUAL_FACTS * options.pages // USUAL_PAGES, options.pages, USUAL_WORDS)
        rows.append((f"review of {options.pages:,} pages", *show(measure_quickest(("review",), runs, options.repeats)["review"]), "", ""))
    print_table(("what", "seconds", "of CPU", "MB", "rows", "ratio", "of CPU"), rows)
    return 0


def show(figure: dict[str, Any]) -> tuple[str, ...]:
    """Seconds, seconds of CPU, MB and rows as they are printed."""
    return f"{figure['seconds']:.2f}", f"{figure['cpu']:.2f}", str(figure["memory"]), f"{figure['rows']:,}"


if __name__ == "__main__":
    sys.exit(main())
