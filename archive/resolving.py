"""Leads from a revisit record to the response it repeats: in an archive read before, or in one that lies beside."""

from pathlib import Path
from typing import NamedTuple

from archive.records import Record, Wanted, scan_records
from archive.revisits import DIGEST, EXACT, Originals, Spot, is_original, locate_original
from archive.shelf import Shelf
from archive.streams import Warc
from schemas.errors import UsageError


class Found(NamedTuple):
    """A response record, the WARC and the archive in which it lies."""

    archive: Path
    warc: Warc
    record: Record


class Resolver:
    """Knows the responses that it was told of, and opens their archives when one is asked for. To be closed."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._originals = Originals()
        self._shelf = Shelf()

    def close(self) -> None:
        """Closes every file."""
        self._shelf.close()

    def remember(self, archive: Path, warc: int, response: Record) -> None:
        """Takes up a response in the WARC of that number."""
        self._originals.remember(archive, warc, response)

    def find_named(self, revisit: Record) -> Found | None:
        """The response that the revisit names; None where it is not known so far, or only its digest is told."""
        return self._read_spot(self._originals.find(revisit, EXACT))

    def find_any(self, revisit: Record, folder: Path) -> Found | None:
        """The response that the revisit names, among those known or in a file of the folder; else the first known of the same digest."""
        return self.find_named(revisit) or self.find_beside(revisit, folder) or self._read_spot(self._originals.find(revisit, DIGEST))

    def find_beside(self, revisit: Record, folder: Path) -> Found | None:
        """The response in the file and at the byte that the revisit tells, as Heritrix and our writer do; None where it is not there."""
        located = locate_original(revisit)
        if not located:
            return None
        path, offset = folder / located[0], located[1]
        try:
            warc = self._shelf.open_byte(path, offset)
        except UsageError:
            return None
        found = self._read(path, warc) if warc else None
        return found if found and is_original(found.record, revisit) else None

    def _read_spot(self, spot: Spot | None) -> Found | None:
        return self._read(spot.archive, self._shelf.open_at(spot.archive, spot.warc, spot.offset)) if spot else None

    def _read(self, archive: Path, warc: Warc) -> Found | None:
        record = next(scan_records(warc, self._wanted), None)
        return Found(archive, warc, record) if isinstance(record, Record) else None
