"""The Atom feeds of an output folder: of all that changed, and of each organisation on the watch list.

They are made of the log of changes, so that they come out the same whenever they are made again.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from review.atom import Entry, write_feed
from review.feed_entries import AUTHORITY, Row, make_entries
from review.log import read_log
from review.watch_list import Watched, find_watched
from schemas.disk import write_text, writing
from schemas.output import feed_file, feeds_folder, history_file
from schemas.runs import list_runs

MOST_ENTRIES = 200
"""The newest; a reader that comes once a week has seen the others."""
ADDRESS = "SAMVERKAN_FEED_URL"
"""The environment variable that says where the public finds `feed.atom`."""


def write_feeds(output: Path) -> None:
    """Writes all feeds anew, and removes those of organisations that are watched no more. Raises OutputUnwritable."""
    published = [run for run in list_runs(output) if run.status == "published"]
    if not published:
        return
    updated = datetime.fromisoformat(published[-1].started_at)
    oldest = find_oldest(output)
    entries = make_entries(read_log(output, "changes", oldest), read_log(output, "page_changes", oldest))
    write_one(output, feed_file(output), "all", "Changes in Swedish collaboration", entries, updated)
    watched = find_watched(output)
    for organisation in watched:
        entries = make_entries(*read_concerning(output, organisation), about=organisation.organisation_id)
        file = feeds_folder(output) / f"{organisation.slug}.atom"
        write_one(output, file, organisation.organisation_id, f"Changes: {organisation.name}", entries, updated)
    remove_feeds(output, {f"{organisation.slug}.atom" for organisation in watched})


def write_one(output: Path, file: Path, name: str, title: str, entries: Iterable[Entry], updated: datetime) -> None:
    """Writes one feed, whole or not at all."""
    relative = file.relative_to(output).as_posix()
    base = os.environ.get(ADDRESS)
    address = urljoin(base, relative) if base and file != feed_file(output) else base or file.name
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
    newest = list(islice(entries, MOST_ENTRIES))
    write_text(file, write_feed(f"{AUTHORITY}{name}", title, newest, address=address, updated=updated))


def find_oldest(output: Path) -> datetime | None:
    """When the oldest run began that the feed of all needs, going by its changed pages; None where it needs all."""
    file = history_file(output, "page_changes")
    if not file.exists():
        return None
    begins = pc.value_counts(pq.read_table(file, columns=["run_started_at"])["run_started_at"]).to_pylist()
    pages = 0
    began: datetime
    for began, number in sorted(((run["values"], run["counts"]) for run in begins), reverse=True):
        pages += number
        if pages >= MOST_ENTRIES:
            return began
    return None


def read_concerning(output: Path, organisation: Watched) -> tuple[list[Row], list[Row]]:
    """The rows of both logs that concern an organisation: as body or member, its contacts, its later id, and its pages."""
    its_own = ds.field("organisation_id") == organisation.organisation_id
    named = pc.match_substring(ds.field("key"), f'"{organisation.organisation_id}"')
    renamed = (ds.field("column") == "organisation_id") & (ds.field("before") == organisation.organisation_id)
    on_site = ds.field("site_id").isin(pa.array(organisation.site_ids, pa.string()))
    return _read(output, "changes", its_own | named | renamed | on_site), _read(output, "page_changes", on_site)


def remove_feeds(output: Path, wanted: set[str]) -> None:
    """Removes the feeds of organisations besides the wanted ones."""
    folder = feeds_folder(output)
    with writing(folder):
        for file in folder.glob("*.atom"):
            if file.name not in wanted:
                file.unlink()


def _read(output: Path, dataset: str, condition: pc.Expression) -> list[Row]:
    file = history_file(output, dataset)
    rows: list[Row] = pq.read_table(file, filters=condition).to_pylist() if file.exists() else []
    return rows
