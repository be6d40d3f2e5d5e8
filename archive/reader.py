"""Reads the pages of an archive in a stream: what an extract starts from, and how a row of a dataset leads back to its bytes."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.codings import TooLargeError, UndecodableError
from archive.containers import check_archive, open_warcs
from archive.messages import decode_body, read_response
from archive.records import HEAD_START, MAX_HEAD, Damage, Record, scan_records, unzip_record
from archive.revisits import Originals
from archive.streams import Warc
from schemas.errors import UsageError
from schemas.facts import Issue
from schemas.page import ArchivePlace, Page

MAX_BODY = 20_000_000
"""Bytes of a body, as sent and as decoded. The largest municipal HTML pages are near 5 MB; what is larger is film or an attack."""

NOT_MODIFIED = 304
PAGE_KINDS = frozenset({"response", "revisit"})


def read_archive(path: Path, *, max_body: int = MAX_BODY) -> Iterator[Page | Issue]:
    """One Page per HTTP response of a `.warc`, `.warc.gz` or `.wacz` (told by content), in the order of the file.

    What cannot be read comes as an Issue in its place: `page_too_large`, `page_unreadable`, `page_truncated` (beside its
    Page), `revisit_unresolved`, `archive_truncated`. Memory holds one body at a time. Raises UsageError before the first
    page where the file is missing, empty or no archive.
    """
    check_archive(path)
    return _read_pages(path, max_body)


def find_record(path: Path, offset: int, length: int) -> bytes:
    """The WARC record that lies at a place of an archive, unzipped. Raises UsageError where none lies there."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(length)
        record = unzip_record(data)
    except (OSError, ValueError) as error:
        raise UsageError(f"Nothing can be read at byte {offset} of {path}: {error}.") from error
    if not HEAD_START.match(record):
        raise UsageError(f"No record starts at byte {offset} of {path}.")
    return record


def read_record(place: ArchivePlace, folder: Path, *, max_body: int = MAX_BODY) -> Page:
    """The page at a place, as it was received; `folder` holds the archive. Raises UsageError where it is not there."""
    try:
        with (folder / place.file).open("rb") as file:
            warc = Warc(file, place.offset, place.offset + place.length)
            record = next(scan_records(warc, PAGE_KINDS, max_body + MAX_HEAD), None)
    except OSError as error:
        raise UsageError(f"The archive {folder / place.file} cannot be read: {error.strerror}.") from error
    page = _read_page(record, place, max_body) if isinstance(record, Record) and record.kind == "response" else None
    if isinstance(page, Page):
        return page
    raise UsageError(page.message if page else f"No response lies at byte {place.offset} of {folder / place.file}.")


def _read_pages(path: Path, max_body: int) -> Iterator[Page | Issue]:
    originals = Originals()
    count = 0
    with ExitStack() as resources:
        for warc in open_warcs(path, resources):
            for record in scan_records(warc, PAGE_KINDS, max_body + MAX_HEAD):
                if isinstance(record, Damage):
                    yield _describe_damage(record, path.name, count)
                    continue
                count += 1
                if record.kind == "response" and is_http(record.url):
                    originals.remember(warc, record)
                    yield from _read_response(record, _place_of(warc, record, path.name), max_body)
                elif record.kind == "revisit" and is_http(record.url):
                    yield from _read_revisit(record, originals, path.name, max_body)


def is_http(url: str) -> bool:
    """Whether a record's URL is one of the web ("dns:" records are responses too)."""
    return url.lower().startswith(("http://", "https://"))


def _place_of(warc: Warc, record: Record, name: str) -> ArchivePlace | None:
    return ArchivePlace(name, record.offset, record.length) if warc.is_own and record.length is not None else None


def _describe_damage(damage: Damage, name: str, count: int) -> Issue:
    return Issue(
        "archive_truncated",
        f"{name} is damaged at byte {damage.offset}: {damage.reason}. Records read before it: {count}.",
        severity="error",
        dataset="pages",
        value=name,
    )


def _read_response(record: Record, place: ArchivePlace | None, max_body: int) -> Iterator[Page | Issue]:
    yield _read_page(record, place, max_body)
    if reason := record.header("WARC-Truncated"):
        yield _issue("page_truncated", f"{record.url} is not whole in the archive ({reason}).", record.url, "warning")


def _read_page(record: Record, place: ArchivePlace | None, max_body: int) -> Page | Issue:
    if record.block is None:
        return _too_large(record.url, f"{record.block_length} bytes")
    fetched_at = read_warc_date(record.header("WARC-Date"))
    response = read_response(record.block)
    if fetched_at is None or response is None:
        lack = "no HTTP response" if fetched_at else "no date"
        return _issue("page_unreadable", f"{record.url}: its record holds {lack}.", record.url, "error")
    status, headers, body = response
    try:
        return Page(record.url, status, headers, decode_body(headers, body, max_body), fetched_at, place)
    except TooLargeError:
        return _too_large(record.url, f"more than {max_body} bytes, {len(body)} as sent")
    except UndecodableError as error:
        return _issue("page_unreadable", f"{record.url}: its body cannot be decoded ({error}).", record.url, "error")


def _read_revisit(record: Record, originals: Originals, name: str, max_body: int) -> Iterator[Page | Issue]:
    """The earlier page, fetched anew. Its place stays that of the bytes; of an unchanged page (304) status and headers stay too."""
    found = originals.find(record)
    fetched_at = read_warc_date(record.header("WARC-Date"))
    if not found or not fetched_at:
        yield _issue("revisit_unresolved", f"{record.url}: the archive does not hold the page that was seen again.", record.url, "info")
        return
    original = next(scan_records(found, PAGE_KINDS, max_body + MAX_HEAD), None)
    if not isinstance(original, Record):
        return  # told of when it was read
    page = _read_page(original, _place_of(found, original, name), max_body)
    if isinstance(page, Issue):
        yield page
        return
    yield _renew_page(page, record, fetched_at)


def _renew_page(page: Page, revisit: Record, fetched_at: datetime) -> Page:
    sent = read_response(revisit.block or b"")
    if sent and sent[0] != NOT_MODIFIED:
        return replace(page, url=revisit.url, status=sent[0], headers=sent[1], fetched_at=fetched_at)
    return replace(page, url=revisit.url, fetched_at=fetched_at)


def read_warc_date(text: str | None) -> datetime | None:
    """A date like "2026-11-21T04:00:00Z", decimals or not, as an aware UTC instant; None where it is none."""
    try:
        when = datetime.fromisoformat(text or "")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _too_large(url: str, size: str) -> Issue:
    return _issue("page_too_large", f"{url} is larger than is read: {size}.", url, "error")


def _issue(code: str, message: str, url: str, severity: str) -> Issue:
    record = json.dumps({"url": url}, ensure_ascii=False) if severity == "error" else None  # all that is known of what was kept out
    return Issue(code, message, severity=severity, dataset="pages", field="body", value=url, record=record)
