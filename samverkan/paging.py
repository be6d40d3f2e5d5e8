"""What is longer than the screen goes through a pager; in a pipe, and where there is no pager, it is printed as it is."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipelines.stopping import handling_signals
from samverkan.display import terminal

PAGER = "less"
LESS = "FRX"
"""What `less` is told where the user tells it nothing: quit on one screen, show colours, leave the text standing. Git does so too."""


@contextmanager
def paging() -> Iterator[None]:
    """What `samverkan.display` prints within is shown when the block ends."""
    if not sys.stdout.isatty():
        yield
        return
    with terminal().capture() as captured:
        yield
    show(captured.get())


def show(text: str) -> None:
    """Through the pager that the environment variable PAGER names, else `less`, where it is longer than the screen."""
    pager = shlex.split(os.environ.get("PAGER") or PAGER)
    if text.count("\n") < shutil.get_terminal_size().lines or not shutil.which(pager[0]):
        sys.stdout.write(text)
        return
    with handling_signals(signal.SIG_IGN):  # Ctrl-C is the pager's, which gets it too
        process = subprocess.Popen(pager, stdin=subprocess.PIPE, env={"LESS": LESS, **os.environ}, text=True)
        with suppress(BrokenPipeError):  # it was left before the end
            process.communicate(text)
        process.wait()
