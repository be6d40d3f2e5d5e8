"""How far a run has come, on stderr: a live line on a terminal, now and then a plain line elsewhere, nothing with `--quiet`."""

import sys
import time
from types import TracebackType
from typing import Self

from samverkan.logs import is_quiet

PLAIN_INTERVAL = 10.0
"""Seconds between plain lines: few enough for a log that a person reads."""
LIVE_INTERVAL = 0.1


class Progress:
    """`with Progress("Crawling") as progress: progress.show("12 pages")`; showing costs nothing where it comes too often."""

    def __init__(self, task: str) -> None:
        self._task = task
        self._is_live = sys.stderr.isatty() and not is_quiet()
        self._interval = LIVE_INTERVAL if self._is_live else PLAIN_INTERVAL
        self._shown_at = time.monotonic() - (self._interval if self._is_live else 0)

    def __enter__(self) -> Self:
        if self._is_live:
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status(f"{self._task} ...")
            self._status.start()
        elif not is_quiet():
            sys.stderr.write(f"samverkan: {self._task} ...\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._is_live:
            self._status.stop()

    def show(self, state: str) -> None:
        """Tells how far it is."""
        now = time.monotonic()
        if is_quiet() or now - self._shown_at < self._interval:
            return
        self._shown_at = now
        if self._is_live:
            from rich.markup import escape

            self._status.update(f"{self._task} · {escape(state)}")
        else:
            sys.stderr.write(f"samverkan: {self._task}: {state}\n")
