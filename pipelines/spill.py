"""Values put aside on the disk while a run comes together, so that the number of its pages does not decide how much memory it takes."""

import io
import pickle
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from schemas.disk import writing

Value = TypeVar("Value")

LEVEL = 1
"""Of zlib: rows shrink to a third in the time that pickling them takes; a higher level takes twice as long for a tenth less."""
BLOCK = 32
"""Values that are read together."""
CHUNK = 32 * BLOCK
"""Values that are sorted in memory; of each chunk one block is held while chunks are merged."""


class Place(NamedTuple):
    """Where a value lies in its spill."""

    offset: int
    length: int


class Spill:
    """One file without a name: nothing of it is left when the process ends, however it ends."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where there is room for it; None keeps everything in memory, compressed. Raises OutputUnwritable."""
        self._folder = folder or Path()
        with writing(self._folder):
            self._file: Any = tempfile.TemporaryFile(dir=folder, buffering=0) if folder else io.BytesIO()  # noqa: SIM115 (closed below)
        self._end = 0
        self.close = weakref.finalize(self, self._file.close)
        """Gives the room back; happens by itself when nobody holds the spill any more."""

    def put(self, value: object) -> Place:
        """Puts a value aside. Raises OutputUnwritable where the disk refuses; what was put aside before stays readable."""
        data = memoryview(zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), LEVEL))
        place = Place(self._end, len(data))
        with writing(self._folder):
            self._file.seek(self._end)
            while data:
                data = data[self._file.write(data) :]
        self._end += place.length
        return place

    def get(self, place: Place) -> Any:
        """An equal value."""
        self._file.seek(place.offset)
        return pickle.loads(zlib.decompress(self._file.read(place.length)))


class Spilled(Generic[Value]):
    """Values in the order in which they are added, to be read as often as wanted."""

    def __init__(self, spill: Spill, values: Iterable[Value] = ()) -> None:
        self._spill = spill
        self._blocks: list[Place] = []
        self._waiting: list[Value] = []
        self._count = 0
        self.extend(values)

    def extend(self, values: Iterable[Value]) -> None:
        """Adds all of them. Raises OutputUnwritable."""
        for value in values:
            self._waiting.append(value)
            self._count += 1
            if len(self._waiting) == BLOCK:
                self._blocks.append(self._spill.put(self._waiting))
                self._waiting = []

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        for place in self._blocks:
            yield from self._spill.get(place)
        yield from self._waiting


class Sorted(Generic[Value]):
    """Values in the order of their keys, equal ones as they were added; to be read as often as wanted."""

    def __init__(self, spill: Spill, key: Callable[[Value], Any]) -> None:
        self._spill = spill
        self._key = key
        self._chunks: list[Spilled[tuple[Any, Value]]] = []
        self._waiting: list[tuple[Any, Value]] = []

    def extend(self, values: Iterable[Value]) -> None:
        """Adds all of them. Raises OutputUnwritable."""
        for value in values:
            self._waiting.append((self._key(value), value))
            if len(self._waiting) == CHUNK:
                self._chunks.append(Spilled(self._spill, sorted(self._waiting, key=itemgetter(0))))
                self._waiting = []

    def __len__(self) -> int:
        return len(self._chunks) * CHUNK + len(self._waiting)

    def __iter__(self) -> Iterator[Value]:
        first = itemgetter(0)
        return (value for _, value in merge(*self._chunks, sorted(self._waiting, key=first), key=first))
