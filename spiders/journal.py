"""What a crawl has been answered so far, on the disk before anything looks at it: the WARC, and a list of requests without an answer.

A crawl that was killed goes through its journal again: what it was answered then it is answered now, in the same order, and only what
the journal lacks is asked for. So nothing is sent or archived twice, and the run ends as if it had never stopped.
"""

import json
from collections import defaultdict, deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic

from scrapy import Request
from scrapy.http import Headers, Response

from archive.codings import TooLargeError, UndecodableError
from archive.framing import name_record_url
from archive.messages import decode_body
from archive.reader import MAX_BODY, read_exchange
from archive.recovery import recover_warc
from archive.writer import WarcWriter
from parsers.page.naming import names_any
from schemas.do_not_publish import read_listed
from schemas.errors import OutputUnwritable
from schemas.page import ArchivePlace, Original
from schemas.persons import Persons
from spiders.trouble import Fault

SYNC_EVERY = 1.0
"""Seconds between two waits for the disk. A kill loses nothing that was written; a power cut costs what came since."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer or a failure of an earlier part of this crawl."""

    at: datetime
    place: ArchivePlace | None = None
    fault: Fault | None = None
    seconds: float = 0.0
    """For which a failure was waited for; how long an answer took, a WARC does not tell."""


class Journal:
    """Begins `<run_id>.warc.gz` and `<run_id>.failures.jsonl` with the first request, or goes on with those of the crawl that is resumed.

    Opened late: until the first request the run may still be refused (lock held, id taken).
    """

    def __init__(self, folder: Path, run_id: str, software: str, *, is_resumed: bool) -> None:
        self._folder = folder
        self._run_id = run_id
        self._software = software
        self._is_resumed = is_resumed
        self._recorded: dict[str, deque[Recorded]] = {}
        self._writer: WarcWriter | None = None
        self._synced_at = 0.0

    def take(self, url: str) -> Recorded | None:
        """What the next request for an address was answered before the crawl was interrupted; None where it was not sent."""
        self._open()
        waiting = self._recorded.get(name_record_url(url))
        return waiting.popleft() if waiting else None

    def write_answer(self, request: Request, response: Response, fetched_at: datetime, original: Original | None) -> ArchivePlace | None:
        """Archives an exchange: whole, or as a revisit of an `original`; None where it names somebody who asked not to be published.

        Raises OutputUnwritable.
        """
        writer = self._open()
        if is_naming(response, self._listed):
            return None
        place = writer.write_exchange(
            url=request.url,
            method=request.method,
            request_headers=header_pairs(request.headers),
            status=response.status,
            response_headers=header_pairs(response.headers),
            body=response.body,
            fetched_at=fetched_at,
            ip_address=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol or "HTTP/1.1",
            original=original,
        )
        self._sync_now_and_then()
        return place

    def write_failure(self, url: str, fault: Fault, seconds: float) -> None:
        """Notes that a request got no answer, and how long it was waited for. Raises OutputUnwritable."""
        self._open()
        told = {"at": datetime.now(UTC).isoformat(), "url": url, "fault": asdict(fault), "seconds": round(seconds, 3)}
        line = json.dumps(told, ensure_ascii=False)
        try:
            with self._failures.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise OutputUnwritable(f"The list {self._failures} cannot be written: {error.strerror}.") from error

    def read_answer(self, recorded: Recorded, url: str) -> Response:
        """A recorded answer as a response."""
        assert recorded.place, "a failure has no answer"
        status, pairs, body = read_exchange(recorded.place, self._folder)
        headers = Headers()
        for name, value in pairs:
            headers.appendlist(name, value.encode("latin-1", "replace"))
        return Response(url, status=status, headers=headers, body=body, protocol="HTTP/1.1")

    def close(self) -> None:
        """Waits until all is on the disk. Raises OutputUnwritable."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @cached_property
    def _listed(self) -> Persons:
        """The persons who asked not to be published."""
        return read_listed(self._folder.parent)

    @property
    def _failures(self) -> Path:
        return self._folder / f"{self._run_id}.failures.jsonl"

    def _open(self) -> WarcWriter:
        if self._writer is None:
            path = self._folder / f"{self._run_id}.warc.gz"
            if self._is_resumed and path.exists():
                self._recorded = _gather(path, self._failures)
            self._writer = open_archive(path, self._run_id, self._software, is_resumed=self._is_resumed)
        return self._writer

    def _sync_now_and_then(self) -> None:
        if self._writer is not None and monotonic() - self._synced_at > SYNC_EVERY:
            self._writer.sync()
            self._synced_at = monotonic()


def is_naming(response: Response, persons: Persons) -> bool:
    """Whether an answer says anything of the persons; one that cannot be decoded says nothing to anybody."""
    if not persons:
        return False
    headers = header_pairs(response.headers)
    try:
        body = decode_body(tuple(headers), response.body, MAX_BODY)
    except (UndecodableError, TooLargeError):
        return False
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    return names_any(body, content_type, persons)


def open_archive(path: Path, run_id: str, software: str, *, is_resumed: bool = False) -> WarcWriter:
    """A writer of a WARC whose folder is made. Raises UsageError or OutputUnwritable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(f"The archive {path} cannot be written: {error.strerror}.") from error
    return WarcWriter(path, run_id=run_id, software=software, is_resumed=is_resumed)


def header_pairs(headers: Headers) -> list[tuple[str, str]]:
    """Every value of every header, read as Latin-1, which loses no byte."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]


def _gather(warc: Path, failures: Path) -> dict[str, deque[Recorded]]:
    """What each address was answered, in the order in which it came. Raises OutputUnwritable."""
    recorded: dict[str, list[Recorded]] = defaultdict(list)
    for exchange in recover_warc(warc):
        recorded[exchange.url].append(Recorded(exchange.fetched_at, exchange.place))
    try:
        for url, failed in _recover_failures(failures):
            recorded[url].append(failed)
    except OSError as error:
        raise OutputUnwritable(f"The list {failures} cannot be resumed: {error.strerror}.") from error
    return {url: deque(sorted(entries, key=lambda entry: entry.at)) for url, entries in recorded.items()}


def _recover_failures(path: Path) -> list[tuple[str, Recorded]]:
    """The failures that stand in whole lines; from the first that is torn on the file is cut off."""
    failures: list[tuple[str, Recorded]] = []
    if not path.exists():
        return failures
    with path.open("r+b") as file:
        end = 0
        for line in file:
            if not line.endswith(b"\n") or (failure := _read_failure(line)) is None:
                file.truncate(end)
                break
            failures.append(failure)
            end += len(line)
    return failures


def _read_failure(line: bytes) -> tuple[str, Recorded] | None:
    """Address and failure; None of a line that is none, as a power cut or a full disk leave it."""
    try:
        told = json.loads(line)
        failed = Recorded(datetime.fromisoformat(told["at"]), fault=Fault(**told["fault"]), seconds=float(told["seconds"]))
        return name_record_url(told["url"]), failed
    except (ValueError, TypeError, KeyError):
        return None
