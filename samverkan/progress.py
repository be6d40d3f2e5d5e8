"""How far a run has come, on stderr: a live display on a terminal, now and then a plain line elsewhere, nothing with `--quiet`."""

import os
import sys
import time
from collections.abc import Sequence
from math import inf
from types import TracebackType
from typing import TYPE_CHECKING, Self

from samverkan.logs import is_quiet

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

LIVE_INTERVAL = 0.25
"""Seconds between two pictures on a terminal: as often as a person can read a number."""
PLAIN_INTERVALS = ((60, 10), (1800, 60), (inf, 600))
"""Up to which age of the run, and how many seconds then lie between plain lines: a night's crawl leaves a hundred lines in a log."""
DUMB_TERMINALS = ("dumb", "unknown")


class Progress:
    """`with Progress("Crawling") as progress: progress.show("12 pages")`; showing costs nothing where it comes too often."""

    def __init__(self, task: str) -> None:
        self._task = task
        self._is_live = sys.stderr.isatty() and not is_quiet() and os.environ.get("TERM") not in DUMB_TERMINALS
        self._began_at = time.monotonic()
        self._shown_at = -inf if self._is_live else self._began_at
        self._display: Live | None = None

    def __enter__(self) -> Self:
        if self._is_live:
            self._begin_display()
        elif not is_quiet():
            sys.stderr.write(f"samverkan: {self._task} ...\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._display is not None:
            self._display.stop()

    @property
    def is_due(self) -> bool:
        """Whether what is shown now would be seen."""
        now = time.monotonic()
        interval = LIVE_INTERVAL if self._is_live else find_plain_interval(now - self._began_at)
        return not is_quiet() and now - self._shown_at >= interval

    def show(self, state: str, details: Sequence[str] = (), warnings: Sequence[str] = ()) -> None:
        """Tells how far it is: each detail and warning on a line of its own, or all in one plain line. Nothing where it is not due."""
        if not self.is_due:
            return
        self._shown_at = time.monotonic()
        if self._display is not None:
            self._display.update(draw(f"{self._task} · {state}", details, warnings), refresh=True)
        else:
            sys.stderr.write(f"samverkan: {self._task}: {'; '.join(map(str.strip, [state, *details, *warnings]))}\n")

    def announce(self, state: str) -> None:
        """As `show`, but a terminal shows it at once: what follows may take a while without another word."""
        if self._is_live:
            self._shown_at = -inf
        self.show(state)

    def _begin_display(self) -> None:
        """No thread draws: whoever knows something new says so. The cursor stays, since a killed process could not bring it back."""
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True, highlight=False, emoji=False)
        self._display = Live(draw(f"{self._task} ...", (), ()), console=console, auto_refresh=False, transient=True, redirect_stdout=False)
        self._display.start(refresh=True)
        console.show_cursor(True)


def draw(headline: str, details: Sequence[str], warnings: Sequence[str]) -> "RenderableType":
    """Lines that a narrow terminal cuts, so that none takes two rows."""
    from rich.text import Text

    lines = [(headline, "bold"), *((line, "") for line in details), *((line, "yellow") for line in warnings)]
    return Text("\n", no_wrap=True, overflow="ellipsis").join(Text(line, style=style) for line, style in lines)


def find_plain_interval(age: float) -> float:
    """Seconds between two plain lines when a run is that old."""
    return next(interval for until, interval in PLAIN_INTERVALS if age < until)
