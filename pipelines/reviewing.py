"""A complete run before the eyes of its reviewer: with the run before as today's code reads it, and once it is published."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipelines.collect import Collector
from pipelines.read_again import find_pages_to_read_again, list_archives, read_again
from registry.sites import SiteList
from schemas.disk import writing
from schemas.errors import SamverkanError
from schemas.manifest import read_manifest
from schemas.persons import Persons
from schemas.review import Candidate, Reviewer, Verdict

logger = logging.getLogger(__name__)

REREAD = "reread"
"""In the hidden folder of a run: the one before as today's code reads it, until both are compared."""


def review_run(reviewer: Reviewer | None, candidate: Candidate, collector: Collector, sites: SiteList, listed: Persons) -> Verdict:
    """What the reviewer says of the datasets as they are written; nothing where there is none. Raises OutputUnwritable.

    `collector`: what was read for the run. `listed`: the persons who asked not to be published.
    """
    if reviewer is None:
        return Verdict()
    with reading_again(candidate, collector, sites, listed) as reread:
        return reviewer.review(replace(candidate, reread=reread))


@contextmanager
def reading_again(candidate: Candidate, collector: Collector, sites: SiteList, listed: Persons) -> Iterator[Path | None]:
    """A folder with the datasets that today's code makes of the run before; None where it made them already, or where there is none."""
    previous, folder = candidate.previous, candidate.folder / REREAD
    earlier = read_manifest(previous) if previous else None
    page_ids = find_pages_to_read_again(previous, earlier, candidate.folder, candidate.manifest) if previous and earlier else ()
    if not (previous and earlier and page_ids):
        yield None
        return
    archives = list_archives(candidate.output, (earlier, candidate.manifest))
    try:
        read_again(previous, page_ids, folder, archives, sites, read=collector.read, already=collector, listed=listed)
        yield folder
    finally:
        if folder.exists():
            with writing(folder):
                shutil.rmtree(folder)


def note_published(reviewer: Reviewer | None, output: Path, run_id: str) -> None:
    """History and feed. The run is published already; what fails here is made up for after the next one."""
    if reviewer:
        try:
            reviewer.note_published(output)
        except (SamverkanError, OSError) as error:
            logger.warning("history and feed lack the run %s until the next one is published: %s", run_id, error)
