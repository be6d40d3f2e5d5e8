"""How much disk a crawl will take, by what the last ones took; a crawl that would run into a full disk is not begun."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import OutputUnwritable
from schemas.manifest import Manifest
from schemas.output import archive_file, run_folder
from schemas.runs import list_runs

RUNS_ASKED = 3
"""The last published ones; the dearest of them counts: one crawl of an unchanged web fetches little, the next may fetch all."""
COPIES = 2
"""Of the archive: the WARC lies beside the WACZ while that is packed."""
WAITING = 5
"""Times the datasets: rows put aside until those are written (pipelines.spill). Measured: 1.4 on the sample web, 5 on alike pages."""
GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class DiskNeed:
    """Bytes that a crawl is expected to take at its largest, and the run that this is known by."""

    needed: int
    run_id: str


def check_room(output: Path, kind: str, sites: int) -> None:
    """Raises OutputUnwritable where less is free than a run of so many sites needs; nothing is known before a first published run."""
    need = estimate_need(output, kind, sites)
    free = shutil.disk_usage(output).free
    if need and need.needed > free:
        raise OutputUnwritable(
            f"{output} has {show_size(free)} free, and crawling {sites} {'site' if sites == 1 else 'sites'} "
            f"needs about {show_size(need.needed)} (as the run {need.run_id} did)"
        )


def estimate_need(output: Path, kind: str, sites: int) -> DiskNeed | None:
    """What a run of this kind and so many sites needs; None where none was published yet."""
    published = [run for run in list_runs(output) if run.kind == kind and run.status == "published"]
    needs = [DiskNeed(scale_need(output, run, sites), run.run_id) for run in published[-RUNS_ASKED:]]
    return max(needs, key=lambda need: need.needed, default=None)


def scale_need(output: Path, run: Manifest, sites: int) -> int:
    """Bytes by one run: its archive twice, by the number of sites; its datasets, which hold what is carried over, at least as large;
    the rows that wait to be stored."""
    visited = sum(1 for outcome in run.sites.values() if outcome != "not_visited")
    share = sites / max(1, visited)
    archive = measure_files([archive_file(output, run.run_id)])
    datasets = measure_files(run_folder(output, run.run_id).rglob("*"))
    return round(COPIES * archive * share + (1 + WAITING) * datasets * max(1.0, share))


def measure_files(paths: Iterable[Path]) -> int:
    """Bytes of the files among some paths; what is not there, or vanishes meanwhile, counts nothing."""
    return sum(_measure(path) for path in paths)


def show_size(size: float) -> str:
    """0.4 MB, 83 GB: three digits at most."""
    unit, name = (GIGABYTE, "GB") if size >= GIGABYTE else (GIGABYTE / 1000, "MB")
    number = size / unit
    return f"{number:.0f} {name}" if number >= 10 else f"{number:.1f} {name}"


def _measure(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() and not path.is_symlink() else 0
    except OSError:
        return 0
