"""Which versions of pages are old: those that their sites last showed or confirmed before a day, over all runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from schemas.manifest import Manifest
from schemas.output import run_folder
from schemas.tables import scan_rows

COLUMNS = ("page_id", "body_sha256", "checked_at", "archive_file", "archive_offset")
Version = tuple[str, str]
"""A page and its bytes."""


@dataclass(frozen=True, slots=True)
class OldPages:
    """What some runs hold that is old. Of a run that is not among them nothing is known."""

    cutoff: datetime | None
    pages: dict[str, set[str]] = field(default_factory=dict)
    """run_id -> the ids of its pages that are old there."""
    began: dict[str, datetime] = field(default_factory=dict)
    """run_id -> when it began."""
    kept: set[tuple[str, int]] = field(default_factory=set)
    """Archive and byte of the responses of which pages were read that are not old."""

    def is_old(self, run_id: str, page_id: str | None, began: datetime) -> bool:
        """Whether a page was old in a run; of one that is not at hand any more by when another run after it `began`."""
        if run_id in self.pages:
            return page_id in self.pages[run_id]
        return self.cutoff is not None and began < self.cutoff


def find_old_pages(output: Path, runs: Iterable[Manifest], cutoff: datetime | None) -> OldPages:
    """The old pages of these runs, as far as they have datasets. Without a cutoff nothing is old."""
    files: dict[str, Path] = {}
    began: dict[str, datetime] = {}
    for run in runs:
        if (path := run_folder(output, run.run_id) / "pages.parquet").exists():
            files[run.run_id], began[run.run_id] = path, datetime.fromisoformat(run.started_at)
    last_seen: dict[Version, datetime] = {}
    for path in files.values() if cutoff else ():
        for row in scan_rows(path, COLUMNS):
            version = row["page_id"], row["body_sha256"]
            last_seen[version] = max(row["checked_at"], last_seen.get(version, row["checked_at"]))
    found = OldPages(cutoff, {run_id: set() for run_id in files}, began)
    for run_id, path in files.items() if cutoff else ():
        for row in scan_rows(path, COLUMNS):
            if cutoff and last_seen[row["page_id"], row["body_sha256"]] < cutoff:
                found.pages[run_id].add(row["page_id"])
            elif row["archive_file"]:
                found.kept.add((row["archive_file"], row["archive_offset"]))
    return found
