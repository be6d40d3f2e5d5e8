"""Two runs compared as one code reads both, and all that was found since a day."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pipelines.read_again import find_pages_seen_again, list_archives, read_again
from registry.sites import SiteList, load_sites
from review.between import Difference, find_difference, read_difference, read_logged
from samverkan.display import count
from samverkan.progress import Progress
from samverkan.run_choice import find_run
from schemas.datasets import KNOWN
from schemas.do_not_publish import read_listed
from schemas.manifest import Manifest
from schemas.output import run_folder
from schemas.review import Candidate
from schemas.runs import list_runs
from schemas.tables import scan_rows

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def compare_runs(output: Path, before: str, after: Manifest) -> Difference:
    """What changed from one run to another. Raises UsageError where the earlier one is no longer there and nothing was stored of it."""
    stored = read_difference(output, after)
    if stored and stored.previous_run_id == before:
        return stored
    earlier = find_run(output, before)
    with TemporaryDirectory(prefix="samverkan-") as name:
        room = Path(name)
        folder = link_datasets(run_folder(output, after.run_id), room / "after")
        is_alike = len(list_readings(output, earlier, after)) == 1
        reread = None if is_alike else read_both_again(output, earlier, after, room)
        manifest = replace(after, previous_run_id=before)
        return find_difference(Candidate(output, folder, manifest, run_folder(output, before), reread))


def link_datasets(run: Path, folder: Path) -> Path:
    """A folder that holds the datasets of a run, but not what it was compared with; what is written there leaves the run as it is."""
    folder.mkdir()
    for dataset in KNOWN:
        if (path := run / f"{dataset}.parquet").exists():
            (folder / path.name).symlink_to(path.absolute())
    return folder


def list_readings(output: Path, before: Manifest, after: Manifest) -> set[str | None]:
    """Which codes read the pages from one run to another, the runs between them too: their pages may have been carried over."""
    first, last = sorted((run.started_at, run.run_id) for run in (before, after))
    between = (run for run in list_runs(output) if run.kind == after.kind and run.status == "published")
    there = [before, after, *(run for run in between if first < (run.started_at, run.run_id) < last)]
    return {run.code.get("reading") for run in there}


def read_both_again(output: Path, before: Manifest, after: Manifest, room: Path) -> Path:
    """Writes what today's code makes of both runs: of the later one into `room / "after"`, of the earlier one into the folder given back.

    What nobody looked at between them stays as it is in both.
    """
    runs = run_folder(output, before.run_id), run_folder(output, after.run_id)
    seen = find_pages_seen_again(*runs, after.kind)
    came = list_pages(runs[1]) - list_pages(runs[0])
    archives, sites = list_archives(output, (before, after)), load_sites_of(after)
    listed = read_listed(output)
    with Progress(f"Reading {count(len(seen), 'page')} again, which other code read then"):
        read = read_again(runs[0], seen, room / "before", archives, sites, listed=listed)
        read_again(runs[1], seen | came, room / "after", archives, sites, already=read, listed=listed)
    return room / "before"


def list_pages(run: Path) -> set[str]:
    """The ids of a run's pages."""
    return {row["page_id"] for row in scan_rows(run / "pages.parquet", ("page_id",))}


def load_sites_of(run: Manifest) -> SiteList:
    """The site list that a run was given, as it is now; the bundled one where it was given none, or it is gone."""
    path = Path(str(run.options.get("sites") or ""))
    if not path.is_file():
        return load_sites()
    return load_sites().preceded_by(load_sites(path)) if run.kind == "extract" else load_sites(path)


def list_differences(output: Path, kind: str, since: date) -> list[Difference]:
    """What was found by each published run of a kind that began on that day (in Sweden) or later, oldest first; pruned runs too."""
    began = datetime.combine(since, time(), STOCKHOLM)
    found = read_logged(output, kind, began)
    for run in list_runs(output):
        started_at = datetime.fromisoformat(run.started_at)
        if run.kind == kind and run.status == "published" and started_at >= began and (stored := read_difference(output, run)):
            found[started_at, run.run_id] = stored
    return [found[key] for key in sorted(found)]
