"""What is said to somebody whose crawl was cut short: how to go on with it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.resuming import find_unfinished
from pipelines.stopping import Stopped
from samverkan.display import name_command
from samverkan.held import where
from schemas.errors import OutputUnwritable
from schemas.output import warc_file

CLOCK_STEP = 1.0
"""Seconds by which a file's time may lie before the clock's."""


@contextmanager
def pointing_to_resume(output: Path) -> Iterator[None]:
    """Adds a note to what ends a crawl that can be gone on with: it was stopped or out of disk, and its archive lies in `output`."""
    began_at = time.time() - CLOCK_STEP
    try:
        yield
    except (Stopped, OutputUnwritable) as error:
        if run_id := find_just_ended(output, began_at):
            error.add_note(f"{name_resume(output, run_id)} goes on with it")
        raise


def find_just_ended(output: Path, since: float) -> str | None:
    """The id of the unfinished crawl whose archive was written to since then."""
    run = find_unfinished(output)
    return run.run_id if run and warc_file(output, run.run_id).stat().st_mtime >= since else None


def name_resume(output: Path, run_id: str) -> str:
    """The command that goes on with a crawl, whatever it was to fetch."""
    return name_command("crawl", "--resume", "--run-id", run_id, *where(output))
