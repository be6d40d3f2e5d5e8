"""Finds the response that a revisit record repeats, by what the revisit says of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from archive.instants import read_warc_date
from archive.records import Record

Name = tuple[str | None, ...]

EXACT = frozenset({"id", "capture"})
"""Names of one response."""
DIGEST = frozenset({"digest"})
"""It names bytes, which may have come several times: the first time counts, once all are known."""


class Spot(NamedTuple):
    """Where a response starts: in the WARC of that number of an archive. `when` it came comes first, so that spots sort by it."""

    when: float
    archive: Path
    warc: int
    offset: int


class Originals:
    """Where the responses of some archives lie, by the three ways in which a revisit can name one.

    It keeps hashes and a spot for each, not the text: some 500 bytes per response. Which one is found does not depend on
    the order in which they came.
    """

    def __init__(self) -> None:
        self._spots: dict[int, Spot] = {}

    def remember(self, archive: Path, warc: int, record: Record) -> None:
        """Takes a response up, unless it cannot be read again by itself (one gzip member around many records)."""
        if record.length is None:
            return
        when = read_warc_date(record.header("WARC-Date"))
        spot = Spot(when.timestamp() if when else 0, archive, warc, record.offset)
        for name in map(hash, _name_response(record)):
            self._spots[name] = min(spot, self._spots.get(name, spot))

    def find(self, revisit: Record, kinds: frozenset[str]) -> Spot | None:
        """Where the response lies; None where it is not among those taken up. `kinds` of names: EXACT, DIGEST."""
        for name in _name_original(revisit):
            if name[0] in kinds and (spot := self._spots.get(hash(name))):
                return spot
        return None


def is_original(record: Record, revisit: Record) -> bool:
    """Whether a record is a response that the revisit may mean."""
    return record.kind == "response" and not set(_name_response(record)).isdisjoint(_name_original(revisit))


def locate_original(revisit: Record) -> tuple[str, int] | None:
    """Name of a file and a byte of it, where the revisit names them: never a path."""
    name, offset = revisit.header("WARC-Refers-To-Filename") or "", revisit.header("WARC-Refers-To-File-Offset") or ""
    if not name or Path(name).name != name or not (offset.isascii() and offset.isdigit() and len(offset) < 19):
        return None
    return name, int(offset)


def name_response(record: Record) -> set[Name]:
    """What names a response alone."""
    return {name for name in _name_response(record) if name[0] in EXACT}


def name_original(revisit: Record) -> set[Name]:
    """What a revisit says that names the response alone that it repeats."""
    return {name for name in _name_original(revisit) if name[0] in EXACT}


def _name_response(record: Record) -> Iterator[Name]:
    """A missing value names nothing: two records without a digest are no pair."""
    if record_id := record.header("WARC-Record-ID"):
        yield "id", record_id
    if date := record.header("WARC-Date"):
        yield "capture", record.url, _name_instant(date)
    if digest := record.header("WARC-Payload-Digest"):
        yield "digest", digest


def _name_original(revisit: Record) -> Iterator[Name]:
    """The most certain first."""
    if record_id := revisit.header("WARC-Refers-To"):
        yield "id", record_id
    if date := revisit.header("WARC-Refers-To-Date"):
        yield "capture", revisit.header("WARC-Refers-To-Target-URI") or revisit.url, _name_instant(date)
    if digest := revisit.header("WARC-Payload-Digest"):
        yield "digest", digest


def _name_instant(date: str) -> str:
    """To the millisecond, which is what datasets keep of an instant; a date that cannot be read as it is."""
    when: datetime | None = read_warc_date(date)
    return when.astimezone(UTC).isoformat(timespec="milliseconds") if when else date
