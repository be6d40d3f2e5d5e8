"""Finds the response that a revisit record repeats, among those read before it."""

from collections.abc import Iterator
from dataclasses import replace

from archive.records import Record
from archive.streams import Warc


class Originals:
    """Where the responses of an archive lie, by the three ways in which a revisit can name one.

    It keeps a hash and a place for each, not the text: some 300 bytes per response.
    """

    def __init__(self) -> None:
        self._places: dict[int, tuple[Warc, int]] = {}

    def remember(self, warc: Warc, record: Record) -> None:
        """Takes a response up, unless it cannot be read again by itself (one gzip member around many records)."""
        if record.length is None:
            return
        place = (warc, record.offset)
        names = (
            ("id", record.header("WARC-Record-ID")),
            ("capture", record.url, record.header("WARC-Date")),
            ("digest", record.header("WARC-Payload-Digest")),
        )
        for name in names:
            self._places[hash(name)] = place

    def find(self, revisit: Record) -> Warc | None:
        """A stretch of the archive that starts with the response; None where it is not among those read."""
        for name in _name_original(revisit):
            if place := self._places.get(hash(name)):
                return replace(place[0], start=place[1])
        return None


def _name_original(revisit: Record) -> Iterator[tuple[str | None, ...]]:
    """The most certain first. A missing value names nothing: two records without a digest are no pair."""
    if record_id := revisit.header("WARC-Refers-To"):
        yield "id", record_id
    if date := revisit.header("WARC-Refers-To-Date"):
        yield "capture", revisit.header("WARC-Refers-To-Target-URI") or revisit.url, date
    if digest := revisit.header("WARC-Payload-Digest"):
        yield "digest", digest
