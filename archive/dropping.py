"""Takes records out of archives. What is left stays at its place: where a record was there is a gap of the same length."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archive.containers import find_entry_data, list_warc_entries, open_warcs
from archive.disk import sync_folder
from archive.framing import make_gap
from archive.reader import NO_BLOCKS, PAGES
from archive.records import Record, Wanted, scan_records
from archive.revisits import Name, locate_original, name_original, name_response
from archive.streams import CHUNK
from archive.wacz import pack_wacz, read_package
from schemas.errors import OutputUnwritable
from schemas.page import ArchivePlace

Spots = set[tuple[str, int]]
"""Name of an archive and a byte of it."""


def find_dropped(archives: Sequence[Path], is_unwanted: Callable[[Path, Record], bool]) -> Mapping[Path, list[ArchivePlace]]:
    """Where the responses lie that are unwanted, and all that is nothing without them: their requests, the revisits that repeat them.

    Those may lie in any of the archives; an archive with nothing to drop is left out. Memory holds one body at a time.
    """
    spots: Spots = set()
    names: set[Name] = set()
    for archive in archives:
        for record in _scan(archive, PAGES):
            if record.kind == "response" and is_unwanted(archive, record):
                spots.add((archive.name, record.offset))
                names |= name_response(record)
    found = {archive: list(_find_places(archive, spots, names)) for archive in archives if spots}
    return {archive: places for archive, places in found.items() if places}


def _find_places(archive: Path, spots: Spots, names: set[Name]) -> Iterator[ArchivePlace]:
    answers: set[str | None] = set()
    for record in _scan(archive, NO_BLOCKS):
        is_response = (archive.name, record.offset) in spots
        is_revisit = record.kind == "revisit" and (locate_original(record) in spots or not names.isdisjoint(name_original(record)))
        is_request = record.kind == "request" and record.header("WARC-Concurrent-To") in answers
        if record.length is not None and (is_response or is_revisit or is_request):
            answers.add(record.header("WARC-Record-ID"))
            yield ArchivePlace(archive.name, record.offset, record.length)


def _scan(archive: Path, wanted: Wanted) -> Iterator[Record]:
    with ExitStack() as resources:
        for warc in open_warcs(archive, resources):
            yield from (record for record in scan_records(warc, wanted) if isinstance(record, Record))


def drop_records(archive: Path, places: Sequence[ArchivePlace]) -> None:
    """Puts an archive of ours with gaps at these places in place of the one without, in one step. Raises OutputUnwritable."""
    folder = archive.with_name(f".{archive.name}.warcs.part")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if archive.name.endswith(".wacz"):
            _drop_from_wacz(archive, places, folder)
        else:
            copy = folder / archive.name
            shutil.copyfile(archive, copy)
            _leave_gaps(copy, places)
            copy.replace(archive)
            sync_folder(archive.parent)
    except OSError as error:
        raise OutputUnwritable(f"The archive {archive} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_from_wacz(archive: Path, places: Sequence[ArchivePlace], folder: Path) -> None:
    """Its index, its list of pages and its digests are made anew."""
    package = read_package(archive)
    starts: dict[str, int] = {}
    with archive.open("rb") as file:
        for entry in list_warc_entries(file) or []:
            warc = folder / Path(entry.filename).name
            starts[warc.name] = start = find_entry_data(file, entry)
            _copy_bytes(file, start, entry.file_size, warc)
            _leave_gaps(warc, [place for place in places if start <= place.offset < start + entry.file_size], start)
    warcs = [folder / name for name in starts]
    created = datetime.fromisoformat(package["created"])
    offsets = pack_wacz(warcs, archive, title=package["title"], created=created, software=package["software"])
    assert offsets == starts, "every place is as it was"


def _leave_gaps(warc: Path, places: Iterable[ArchivePlace], start: int = 0) -> None:
    """Overwrites the records at these places. `start`: the byte of their file at which the WARC begins."""
    now = datetime.now(UTC)
    with warc.open("r+b") as file:
        for place in places:
            file.seek(place.offset - start)
            file.write(make_gap(place.length, now))
        file.flush()
        os.fsync(file.fileno())


def _copy_bytes(file: BinaryIO, start: int, size: int, target: Path) -> None:
    file.seek(start)
    with target.open("wb") as out:
        while size and (chunk := file.read(min(CHUNK, size))):
            out.write(chunk)
            size -= len(chunk)
