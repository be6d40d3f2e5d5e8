"""SIGINT and SIGTERM: what they raise, and who handles them for a while."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_RETRY = 0.02
"""Seconds until a signal comes again that came where nothing can be raised."""


class Stopped(SystemExit):
    """Raised wherever the program is when a signal stops it; a run that is open is kept as interrupted."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number

    def __str__(self) -> str:
        return f"stopped by {signal.Signals(self.number).name}"


def stop(number: int, frame: FrameType | None) -> NoReturn:
    """The signal handler. Raises Stopped."""
    raise Stopped(number)


@contextmanager
def handling_signals(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> Iterator[None]:
    """`handler` gets the signals until the block ends. Outside of the main thread, which never gets any, nothing changes."""
    is_main = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, handler) for number in STOP_SIGNALS} if is_main else {}
    hook, sys.unraisablehook = sys.unraisablehook, _stop_again
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _stop_again(unraisable: "UnraisableHookArgs") -> None:
    """Python drops what is raised while an object is being deleted. From another thread: os.kill would raise here and now."""
    if isinstance(unraisable.exc_value, Stopped):
        threading.Timer(_RETRY, os.kill, (os.getpid(), unraisable.exc_value.number)).start()
    else:
        sys.__unraisablehook__(unraisable)
