"""One run at a time in an output folder: an advisory lock that the system releases when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.disk import writing
from schemas.errors import LockHeld

LOOKS = 5
"""How often a lock is tried: who looks whether it is held (`find_holder`) holds it himself for an instant."""
INSTANT = 0.02


class OutputLock:
    """An exclusive `flock` on `<output>/.lock`. The file stays when the lock is released: deleting it would let two runs in."""

    def __init__(self, output: Path) -> None:
        self.path = output / ".lock"
        self._descriptor: int | None = None

    def acquire(self, note: str) -> None:
        """Takes the lock and writes `note` into its file, for whoever is refused. Raises LockHeld or OutputUnwritable."""
        with writing(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _take(descriptor)
        except BlockingIOError:
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
            os.close(descriptor)
            raise LockHeld(f"another run holds the lock of {self.path.parent}: {holder or 'starting'}") from None
        self._descriptor = descriptor
        with writing(self.path):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{note}, process {os.getpid()}\n".encode())

    def release(self) -> None:
        """Gives the lock up; harmless where it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def holding_lock(output: Path, note: str) -> Iterator[None]:
    """The lock of an output until the block ends. Raises LockHeld or OutputUnwritable."""
    lock = OutputLock(output)
    lock.acquire(note)
    try:
        yield
    finally:
        lock.release()


def find_holder(output: Path) -> str | None:
    """What the run that holds the lock says of itself ("crawl 20261121T040000Z, process 4711"); None where none is under way."""
    try:
        descriptor = os.open(output / ".lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.read(descriptor, 200).decode("utf-8", "replace").strip() or "starting"
    finally:
        os.close(descriptor)
    return None


def _take(descriptor: int) -> None:
    """Raises BlockingIOError where another process keeps the lock."""
    for _ in range(LOOKS - 1):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(INSTANT)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
