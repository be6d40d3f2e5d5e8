"""What is said to somebody whose crawl was stopped or hit a full disk: how to go on with it."""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.stopping import Stopped
from samverkan.display import name_command, show_path
from samverkan.options import LIVE
from schemas.errors import OutputUnwritable

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOCK_STEP = 1.0
"""Seconds by which a file's time may lie before the clock's."""


@contextmanager
def pointing_to_resume(output: Path) -> Iterator[None]:
    """Adds a note to what ends a crawl that can be resumed: stopped or out of disk, and its archive lies in `output`."""
    began_at = time.time()
    try:
        yield
    except (Stopped, OutputUnwritable) as error:
        if is_resumable(error) and holds_archive(output, began_at - CLOCK_STEP):
            where = () if output == LIVE.absolute() else ("--output", show_path(output))
            error.add_note(f"{name_command('crawl', '--resume', *where)} goes on with it")
        raise


def is_resumable(error: BaseException) -> bool:
    """Whether what ended the crawl is over at the next attempt, once there is room on the disk."""
    cause = error.__cause__
    return isinstance(error, Stopped) or (isinstance(cause, OSError) and cause.errno in FULL)


def holds_archive(output: Path, since: float) -> bool:
    """Whether an unpublished archive was written to since then: that of the crawl that just ended."""
    return any(warc.stat().st_mtime >= since for warc in (output / "archive").glob("*.warc.gz"))
