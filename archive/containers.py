"""Which bytes of a file are WARC: all of them, or the entries under archive/ of a WACZ."""

import contextlib
import lzma
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from archive.records import find_record_start
from archive.streams import CHUNK, Warc
from schemas.errors import OutputUnwritable, UsageError

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # with entries, without any
WARC_ENTRY = re.compile(r"archive/.*\.warc[^/]*$", re.IGNORECASE)  # "archive/data.warc.gz"; not "archive/.DS_Store"
UNPACK_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
"""What the decompressors of a zip raise at damage (bz2 an OSError), at a password or at a method they do not know (RuntimeErrors)."""

LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, then at byte 26 the lengths of name and extra field


def check_archive(path: Path) -> None:
    """Raises UsageError, in one line, unless the file is a WARC or WACZ that can be opened."""
    if not path.exists():
        raise UsageError(f"There is no archive {path}.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not an archive (.warc, .warc.gz or .wacz).")
    try:
        with path.open("rb") as file:
            problem = _find_problem(file)
    except OSError as error:
        raise UsageError(f"The archive {path} cannot be read: {error.strerror}.") from error
    if problem:
        raise UsageError(f"{path} {problem}.")


def _find_problem(file: BinaryIO) -> str | None:
    size = file.seek(0, 2)
    if not size:
        return "is empty"
    if entries := list_warc_entries(file):
        return None
    if entries is not None:
        return "is a zip file without a WARC under archive/, so no WACZ"
    if find_record_start(Warc(file, 0, size), 0) is None:
        return "is no WARC or WACZ: no record starts in it"
    return None


def open_warcs(path: Path, resources: ExitStack) -> Iterator[Warc]:
    """The WARCs in a file, in the order of its listing; files stay open until `resources` closes.

    A WACZ that lost its listing (a download that broke off) is one WARC with other things around the records.
    """
    file = resources.enter_context(path.open("rb"))
    size = file.seek(0, 2)
    entries = list_warc_entries(file)
    if entries is None:
        yield Warc(file, 0, size)
    for entry in entries or []:
        if entry.compress_type == zipfile.ZIP_STORED:
            start = find_entry_data(file, entry)
            yield Warc(file, start, start + entry.file_size)
        else:
            copy = resources.enter_context(cast(BinaryIO, tempfile.TemporaryFile()))  # noqa: SIM115 (it stays open for later revisits)
            _unpack(file, entry, copy)
            yield Warc(copy, 0, entry.file_size, is_own=False)


def list_warc_entries(file: BinaryIO) -> list[zipfile.ZipInfo] | None:
    """The entries of a WACZ that hold WARCs; None where the file is no zip with a readable listing."""
    file.seek(0)
    if file.read(4) not in ZIP_MAGICS:
        return None
    try:
        with zipfile.ZipFile(file) as wacz:
            entries = [entry for entry in wacz.infolist() if WARC_ENTRY.match(entry.filename)]
            for entry in entries:
                find_entry_data(file, entry)
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError):
        return None
    return entries


def find_entry_data(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """The byte of a zip file at which the data of an entry starts; raises BadZipFile where there is no entry."""
    file.seek(entry.header_offset)
    signature, name_length, extra_length = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    if signature != ZIP_MAGICS[0]:
        raise zipfile.BadZipFile(f"no entry at byte {entry.header_offset}")
    return int(entry.header_offset + LOCAL_HEADER.size + name_length + extra_length)


def _unpack(file: BinaryIO, entry: zipfile.ZipInfo, copy: BinaryIO) -> None:
    """Copies a compressed entry to where it can be read from any byte."""
    for chunk in _read_entry(file, entry):
        try:
            copy.write(chunk)
        except OSError as error:
            raise OutputUnwritable(f"No room to unpack {entry.filename}: {error.strerror}.") from error


def _read_entry(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """As much of an entry as can be unpacked; whoever reads the WARC misses the rest and tells of it."""
    with contextlib.suppress(*UNPACK_ERRORS), zipfile.ZipFile(file) as wacz, wacz.open(entry) as data:
        while chunk := data.read(CHUNK):
            yield chunk
