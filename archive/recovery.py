"""What a killed crawl left in its WARC: the exchanges that are whole; whatever stands after the last of them is cut off."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.instants import read_warc_date
from archive.messages import read_response
from archive.records import MAX_HEAD, Damage, Record, Wanted, scan_records
from archive.streams import Warc
from schemas.errors import OutputUnwritable
from schemas.page import ArchivePlace

EXCHANGED = Wanted(frozenset({"response", "revisit", "request"}), MAX_HEAD, is_cut=True)
TOLD = Wanted(frozenset({"warcinfo"}), MAX_HEAD, is_cut=True)
PART_OF = re.compile(rb"^isPartOf: (.*?)\r?$", re.MULTILINE)  # "isPartOf: 20261121T040000Z"
LONGEST_TORN = 4096
"""Bytes. A first record of ours takes a tenth of it; a larger file without one is something else, and not to be cut."""
REQUEST_LINE = re.compile(rb"([A-Z]+) ")  # "GET /kommun HTTP/1.1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, by the place of the answer. `url` is the request's, in the form of `name_record_url`."""

    method: str
    url: str
    status: int
    place: ArchivePlace
    fetched_at: datetime


def read_run_id(path: Path) -> str | None:
    """The run that a WARC of ours says it is part of; None where it ends within its first record, "" where it begins as none of ours does.

    Raises OutputUnwritable where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            first = next(scan_records(Warc(file, 0, size), TOLD), None)
    except OSError as error:
        raise OutputUnwritable(f"The archive {path} cannot be resumed: {error.strerror}.") from error
    if isinstance(first, Record):
        part_of = PART_OF.search(first.block or b"")
        return part_of[1].decode("utf-8", "replace") if part_of else ""
    return None if size < LONGEST_TORN else ""


def recover_warc(path: Path) -> list[Exchange]:
    """The whole exchanges of a WARC of ours in its order, [] where there is no file; the file ends after them when it returns.

    Whole is a response or revisit with its request after it. What follows damage is not trusted: a page's own bytes may look
    like records. Without a whole exchange the file is cut back to its warcinfo, or to nothing. Memory holds no body.
    Raises OutputUnwritable where the file cannot be read or cut.
    """
    if not path.exists():
        return []
    try:
        with path.open("r+b") as file:
            size = file.seek(0, 2)
            exchanges, end = _read_exchanges(Warc(file, 0, size), path.name)
            if end < size:
                file.truncate(end)
                os.fsync(file.fileno())
    except OSError as error:
        raise OutputUnwritable(f"The archive {path} cannot be resumed: {error.strerror}.") from error
    return exchanges


def _read_exchanges(warc: Warc, name: str) -> tuple[list[Exchange], int]:
    """The exchanges, and the byte after the last of them."""
    exchanges: list[Exchange] = []
    end = 0
    answer: Record | None = None
    for record in scan_records(warc, EXCHANGED):
        if isinstance(record, Damage) or record.length is None:
            break
        is_first = record.kind == "warcinfo" and record.offset == 0
        exchange = _pair(answer, record, name) if answer else None
        if exchange:
            exchanges.append(exchange)
        if exchange or is_first:
            end = record.offset + record.length
        answer = record
    return exchanges, end


def _pair(answer: Record, request: Record, name: str) -> Exchange | None:
    """The exchange of two neighbouring records; None where they are not an answer and its request."""
    if answer.kind not in ("response", "revisit") or request.kind != "request":
        return None
    line, response = REQUEST_LINE.match(request.block or b""), read_response(answer.block or b"")
    fetched_at = read_warc_date(answer.header("WARC-Date"))
    if request.header("WARC-Concurrent-To") != answer.header("WARC-Record-ID") or not (line and response and fetched_at and answer.length):
        return None
    place = ArchivePlace(name, answer.offset, answer.length)
    return Exchange(line[1].decode(), answer.url, response[0], place, fetched_at)
