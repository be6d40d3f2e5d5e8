"""The bytes of a WARC from a place on, plain or unzipped, as a stream that shares its file with others."""

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 64 * 1024


class DamagedRecordError(Exception):
    """Raised where a record cannot be read; `scan_records` makes `Damage` of it."""


@dataclass(frozen=True, slots=True)
class Warc:
    """The bytes `start` to `end` of an open file that are a WARC. `is_own` where those are the archive's own bytes."""

    file: BinaryIO
    start: int
    end: int
    is_own: bool = True


class WarcBytes(io.RawIOBase):
    """The bytes of a WARC from a place on. It seeks before each read: others use the same file between two records."""

    def __init__(self, warc: Warc, offset: int) -> None:
        self._warc = warc
        self._next = offset

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        data = self.read_next(len(view))
        view[: len(data)] = data
        return len(data)

    def read_next(self, size: int) -> bytes:
        self._warc.file.seek(self._next)
        data = self._warc.file.read(min(size, self._warc.end - self._next))
        self._next += len(data)
        return data


class GzipMember(WarcBytes):
    """The unzipped bytes of the gzip member at a place, its checksum verified at the end."""

    def __init__(self, warc: Warc, offset: int) -> None:
        super().__init__(warc, offset)
        self._unzip = zlib.decompressobj(wbits=31)

    @property
    def end(self) -> int:
        """Where the next member starts, once this one has been read to its end."""
        return self._next - len(self._unzip.unused_data)

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        while not self._unzip.eof:
            data = self._unzip.unconsumed_tail or self.read_next(CHUNK)
            if not data:
                raise DamagedRecordError("it ends within a record")
            plain = self._unzip.decompress(data, len(view))
            if plain:
                view[: len(plain)] = plain
                return len(plain)
        return 0
