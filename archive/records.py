"""The records of a WARC, one after the other: plain, gzipped record by record, or gzipped as a whole; what is damaged is stepped over.

warcio's own iterator takes a broken gzip member or a record cut short for the end of the file. An archive of a killed
crawl must say what it lost, so the framing is done here and warcio reads the record heads.
"""

import io
import logging
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from functools import cache

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from archive.streams import CHUNK, DamagedRecordError, GzipMember, Warc, WarcBytes

logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)  # it warns at every URL with a space: common, and it mends them

MAX_HEAD = 256 * 1024
"""Bytes of a record's own head. Real ones are under 2 kB; without a bound a crafted line fills the memory."""

GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_START = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.\d")
VERSION_LINE = re.compile(rb"WARC/[01]\.\d+\r?\n")
# "WARC/1.0\r\nWARC-Date: 2026\r\nWARC-Type:"; not a page that merely writes about WARC/1.1
HEAD_START = re.compile(rb"WARC/[01]\.\d+\r?\n(?:[\w-]+:[^\r\n]*\r?\n)*?WARC-Type[ \t]*:", re.IGNORECASE)
LENGTH = re.compile(r"[0-9]{1,18}")
PEEK = 8 * 1024
LONGEST_START = 8  # of what RECORD_START matches, so that no match is lost between two chunks


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record. `length` is that of its bytes in the file; None where it shares a gzip member with others."""

    kind: str
    headers: tuple[tuple[str, str], ...]
    block_length: int
    block: bytes | None
    """None where it was not wanted or is too large. Where only its beginning was wanted, that."""
    offset: int
    length: int | None

    def header(self, name: str) -> str | None:
        """The first value of a WARC header, by name without regard to case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def url(self) -> str:
        """The WARC-Target-URI; "" where there is none."""
        return self.header("WARC-Target-URI") or ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which blocks are loaded: those of these kinds, up to `max_block` bytes. Larger ones are left out, or with `is_cut` cut there."""

    kinds: frozenset[str]
    max_block: int
    is_cut: bool = False

    def count_bytes(self, kind: str, length: int) -> int | None:
        """How many bytes of a block to load; None where it is not wanted."""
        if kind not in self.kinds or (length > self.max_block and not self.is_cut):
            return None
        return min(length, self.max_block)


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that hold no readable record, from `offset`."""

    offset: int
    reason: str


def scan_records(warc: Warc, wanted: Wanted) -> Iterator[Record | Damage]:
    """Every record in the order of the file, with the wanted blocks. After damage it goes on at the next place where a record starts."""
    offset: int | None = warc.start
    while offset is not None and offset < warc.end:
        try:
            offset = yield from _read_at(warc, offset, wanted)
        except (DamagedRecordError, zlib.error) as error:
            yield Damage(offset, str(error) if isinstance(error, DamagedRecordError) else "its compressed data is broken")
            offset = find_record_start(warc, offset + 1)


def find_record_start(warc: Warc, offset: int) -> int | None:
    """The first place from `offset` on where a record starts, gzipped or plain; None where there is none."""
    while offset < warc.end:
        warc.file.seek(offset)
        chunk = warc.file.read(min(CHUNK, warc.end - offset))
        for match in RECORD_START.finditer(chunk):
            if HEAD_START.match(_peek(warc, offset + match.start())):
                return offset + match.start()
        if len(chunk) <= LONGEST_START:
            return None
        offset += len(chunk) - LONGEST_START
    return None


def _peek(warc: Warc, offset: int) -> bytes:
    """The first bytes of what may be a record, unzipped; b"" where nothing can be unzipped."""
    warc.file.seek(offset)
    head = warc.file.read(min(PEEK, warc.end - offset))
    if not head.startswith(GZIP_MAGIC):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, PEEK)
    except zlib.error:
        return b""


def _read_at(warc: Warc, offset: int, wanted: Wanted) -> Generator[Record, None, int]:
    warc.file.seek(offset)
    start = warc.file.read(min(len(GZIP_MAGIC), warc.end - offset))
    if start == GZIP_MAGIC:
        return (yield from _read_member(warc, offset, wanted))
    if not start:
        raise DamagedRecordError("it ends before its stated end")
    if start[:1] in b"\r\n":
        return offset + 1
    return (yield from _read_plain(warc, offset, wanted))


def _read_plain(warc: Warc, offset: int, wanted: Wanted) -> Generator[Record, None, int]:
    with _buffer(WarcBytes(warc, offset)) as stream:
        record = _read_record(stream, offset, wanted)
    yield record
    return offset + (record.length or 0)


def _read_member(warc: Warc, offset: int, wanted: Wanted) -> Generator[Record, None, int]:
    """The records of one gzip member: one in a proper .warc.gz, all of them where a whole .warc was gzipped."""
    member = GzipMember(warc, offset)
    with _buffer(member) as stream:
        is_first = True
        while _skip_blank_lines(stream):
            record = _read_record(stream, offset, wanted)
            is_last = not _skip_blank_lines(stream)
            yield replace(record, length=member.end - offset if is_first and is_last else None)
            is_first = False
    return member.end


def _buffer(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, CHUNK)


def _skip_blank_lines(stream: io.BufferedReader) -> bool:
    """Whether anything but line ends follows."""
    while (following := stream.peek(1)) and following[:1] in b"\r\n":
        stream.read(len(following) - len(following.lstrip(b"\r\n")))
    return bool(following)


def _read_record(stream: io.BufferedReader, offset: int, wanted: Wanted) -> Record:
    head = _read_head_bytes(stream)
    kind, headers, length = _read_head(head)
    kept = wanted.count_bytes(kind, length)
    block = bytearray()
    missing = length
    while missing:
        part = stream.read(min(CHUNK, missing))
        if not part:
            raise DamagedRecordError("it ends within a record")
        missing -= len(part)
        block += part[: (kept or 0) - len(block)]
    return Record(kind, headers, length, None if kept is None else bytes(block), offset, len(head) + length)


def _read_head_bytes(stream: io.BufferedReader) -> bytes:
    head = bytearray()
    while line := stream.readline(MAX_HEAD - len(head)):
        head += line
        if not line.strip():
            return bytes(head)
        if len(head) == len(line) and not VERSION_LINE.match(line):
            raise DamagedRecordError("no record starts there")
    raise DamagedRecordError("it ends within the head of a record" if len(head) < MAX_HEAD else "the head of a record has no end")


def _read_head(head: bytes) -> tuple[str, tuple[tuple[str, str], ...], int]:
    """WARC-Type, headers and Content-Length."""
    try:
        record = _loader().parse_record_stream(io.BytesIO(head), known_format="warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError) as error:
        raise DamagedRecordError("no record starts there") from error
    length = record.rec_headers.get_header("Content-Length") or ""
    if not LENGTH.fullmatch(length):
        raise DamagedRecordError("the length of a record is not stated")
    return record.rec_type or "", tuple(record.rec_headers.headers), int(length)


@cache
def _loader() -> ArcWarcRecordLoader:
    return ArcWarcRecordLoader(verify_http=False, arc2warc=False)
