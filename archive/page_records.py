"""A record of an archive as a Page, or as the issue that tells why it is none."""

import json
from collections.abc import Iterator
from dataclasses import replace

from archive.codings import TooLargeError, UndecodableError
from archive.framing import NOT_MODIFIED
from archive.instants import read_warc_date
from archive.messages import decode_body, read_response
from archive.records import Damage, Record
from schemas.facts import Issue
from schemas.page import ArchivePlace, Page


def is_http(url: str) -> bool:
    """Whether a record's URL is one of the web ("dns:" records are responses too)."""
    return url.lower().startswith(("http://", "https://"))


def read_page(record: Record, place: ArchivePlace | None, max_body: int) -> Page | Issue:
    """The page of a response record; `page_too_large` or `page_unreadable` where there is none."""
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


def read_response_record(record: Record, place: ArchivePlace | None, max_body: int) -> Iterator[Page | Issue]:
    """Its page or issue, and a warning where the crawler kept only a part."""
    yield read_page(record, place, max_body)
    if reason := record.header("WARC-Truncated"):
        yield _issue("page_truncated", f"{record.url} is not whole in the archive ({reason}).", record.url, "warning")


def confirm_page(page: Page, revisit: Record) -> Page:
    """The earlier page, as a revisit of it confirms: its bytes, `fetched_at` and place, checked when the revisit says.

    Of an unchanged page (304) status and headers are the earlier ones too, of the same bytes sent again those of the revisit.
    """
    checked_at = read_warc_date(revisit.header("WARC-Date"))
    sent = read_response(revisit.block or b"")
    if sent and sent[0] != NOT_MODIFIED:
        return replace(page, url=revisit.url, status=sent[0], headers=sent[1], checked_at=checked_at)
    return replace(page, url=revisit.url, checked_at=checked_at)


def describe_unresolved(revisit: Record) -> Issue:
    """The issue of a revisit whose page no archive at hand holds."""
    return _issue("revisit_unresolved", f"{revisit.url}: no archive at hand holds the page that was seen again.", revisit.url, "info")


def describe_damage(damage: Damage, name: str, count: int) -> Issue:
    """The issue of bytes that hold no record, after `count` that did."""
    return Issue(
        "archive_truncated",
        f"{name} is damaged at byte {damage.offset}: {damage.reason}. Records read before it: {count}.",
        severity="error",
        dataset="pages",
        value=name,
    )


def _too_large(url: str, size: str) -> Issue:
    return _issue("page_too_large", f"{url} is larger than is read: {size}.", url, "error")


def _issue(code: str, message: str, url: str, severity: str) -> Issue:
    record = json.dumps({"url": url}, ensure_ascii=False) if severity == "error" else None  # all that is known of what was kept out
    return Issue(code, message, severity=severity, dataset="pages", field="body", value=url, record=record)
