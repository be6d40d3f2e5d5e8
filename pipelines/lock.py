"""One run at a time in an output folder: an advisory lock that the system releases when its holder dies."""

import fcntl
import os
from pathlib import Path

from pipelines.disk import writing
from schemas.errors import LockHeld


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
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
