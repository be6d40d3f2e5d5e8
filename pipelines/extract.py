"""Facts out of archives: every page of some WARC or WACZ files into a run."""

from collections.abc import Callable, Sequence
from pathlib import Path

from archive.reader import read_archives
from pipelines.run import Run
from schemas.page import Page

Progress = Callable[[Path, int], None]
"""Told of the archive being read and of the pages that came out of all archives so far."""


def extract_archives(archives: Sequence[Path], run: Run, on_progress: Progress | None = None) -> int:
    """Reads all archives into the run, in order; gives the number of responses. Damage within an archive becomes issues.

    Raises UsageError where a file is missing, empty or no archive.
    """
    count = 0
    for archive, item in read_archives(archives):
        if isinstance(item, Page):
            run.add_page(item)
            count += 1
        else:
            run.add_issue(item, url=item.value if item.value and item.value.startswith(("http://", "https://")) else None)
        if on_progress is not None:
            on_progress(archive, count)
    return count
