"""Reads the pages of archives in a stream: what an extract starts from, and how a row of a dataset leads back to its bytes."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from archive.containers import check_archive, open_warcs
from archive.framing import NOT_MODIFIED
from archive.messages import Headers, read_response, undo_chunks
from archive.page_records import confirm_page, describe_damage, describe_unresolved, is_http, read_page, read_response_record
from archive.records import MAX_HEAD, Damage, Record, Wanted, scan_records
from archive.resolving import Found, Resolver
from archive.streams import Warc
from schemas.errors import UsageError
from schemas.facts import Issue
from schemas.page import ArchivePlace, Page

MAX_BODY = 20_000_000
"""Bytes of a body, as sent and as decoded. The largest municipal HTML pages are near 5 MB; what is larger is film or an attack."""

PAGE_KINDS = frozenset({"response", "revisit"})
PAGES = Wanted(PAGE_KINDS, MAX_BODY + MAX_HEAD)
NO_BLOCKS = Wanted(frozenset(), 0)


def read_archive(path: Path, *, max_body: int = MAX_BODY) -> Iterator[Page | Issue]:
    """The pages and issues of one archive, as `read_archives` tells."""
    return (item for _, item in read_archives([path], max_body=max_body))


def read_archives(paths: Sequence[Path], *, max_body: int = MAX_BODY) -> Iterator[tuple[Path, Page | Issue]]:
    """One Page per HTTP response of some `.warc`, `.warc.gz` or `.wacz` (told by content), in the order of the files, with its file.

    A revisit is the page that it confirms: `fetched_at` and place of the response, `checked_at` of the revisit. The response
    may lie in any of the archives, or in a file beside them that the revisit names; revisits of one that had not been read
    yet come at the end.

    What cannot be read comes as an Issue in its place: `page_too_large`, `page_unreadable`, `page_truncated` (beside its
    Page), `revisit_unresolved`, `archive_truncated`. Memory holds one body at a time, and 500 bytes of each response. Raises
    UsageError before the first page where a file is missing, empty or no archive.
    """
    for path in paths:
        check_archive(path)
    return _read_all(list(dict.fromkeys(paths)), max_body)


def read_record(place: ArchivePlace, folder: Path, *, max_body: int = MAX_BODY) -> Page:
    """The page at a place, as it was received; `folder` holds the archive. Of a revisit the page that it confirms.

    Raises UsageError where it is not there.
    """
    wanted = Wanted(PAGE_KINDS, max_body + MAX_HEAD)
    with closing(Resolver(wanted)) as resolver:
        record = _find_record(place, folder, wanted)
        if record.kind == "revisit":
            page = _read_revisit(record, _find_original(record, folder / place.file, resolver), max_body)
        else:
            page = read_page(record, place, max_body)
    if isinstance(page, Page):
        return page
    raise UsageError(page.message)


def read_exchange(place: ArchivePlace, folder: Path) -> tuple[int, Headers, bytes]:
    """Status, headers and body of the answer at a place as it came: the body still coded, but its chunks joined.

    A 304 has no body, whatever page it confirms; of another revisit the body is that of the response that it repeats.
    Raises UsageError where no answer lies there.
    """
    with closing(Resolver(PAGES)) as resolver:
        record = _find_record(place, folder, PAGES)
        status, headers, body = _read_answer(record)
        if record.kind == "revisit" and status != NOT_MODIFIED:
            body = _read_answer(_find_original(record, folder / place.file, resolver).record)[2]
    return status, headers, body


def _find_record(place: ArchivePlace, folder: Path, wanted: Wanted) -> Record:
    path = folder / place.file
    try:
        with path.open("rb") as file:
            record = next(scan_records(Warc(file, place.offset, place.offset + place.length), wanted), None)
    except OSError as error:
        raise UsageError(f"The archive {path} cannot be read: {error.strerror}.") from error
    if isinstance(record, Record) and record.kind in PAGE_KINDS:
        return record
    raise UsageError(f"No response lies at byte {place.offset} of {path}.")


def _find_original(revisit: Record, path: Path, resolver: Resolver) -> Found:
    """The response that a revisit in the archive repeats: where it says, else anywhere in the archive."""
    if found := resolver.find_beside(revisit, path.parent):
        return found
    for position, _, record in _scan_archive(path, NO_BLOCKS):
        if isinstance(record, Record) and record.kind == "response":
            resolver.remember(path, position, record)
    if found := resolver.find_any(revisit, path.parent):
        return found
    raise UsageError(describe_unresolved(revisit).message)


def _read_answer(record: Record) -> tuple[int, Headers, bytes]:
    response = read_response(record.block or b"")
    if response is None:
        raise UsageError(f"The record of {record.url} holds no HTTP response that can be read.")
    status, headers, body = response
    return status, *undo_chunks(headers, body)


def _read_all(paths: Sequence[Path], max_body: int) -> Iterator[tuple[Path, Page | Issue]]:
    with closing(Resolver(Wanted(PAGE_KINDS, max_body + MAX_HEAD))) as resolver:
        later: dict[Path, set[int]] = {path: set() for path in paths}
        for path in paths:
            for item in _read_pages(path, resolver, max_body, later[path]):
                yield path, item
        for path in filter(later.get, paths):
            for item in _read_revisits(path, resolver, max_body, later[path]):
                yield path, item


def _read_pages(path: Path, resolver: Resolver, max_body: int, later: set[int]) -> Iterator[Page | Issue]:
    """All but the revisits whose response is not known so far: their numbers among the records go into `later`."""
    number = 0
    for position, warc, record in _scan_archive(path, Wanted(PAGE_KINDS, max_body + MAX_HEAD)):
        if isinstance(record, Damage):
            yield describe_damage(record, path.name, number)
            continue
        number += 1
        if record.kind == "response" and is_http(record.url):
            resolver.remember(path, position, record)
            yield from read_response_record(record, _place_of(warc, record, path), max_body)
        elif record.kind == "revisit" and is_http(record.url):
            if found := resolver.find_named(record):
                yield _read_revisit(record, found, max_body)
            else:
                later.add(number)


def _read_revisits(path: Path, resolver: Resolver, max_body: int, numbers: set[int]) -> Iterator[Page | Issue]:
    """The archive gone through again for the revisits of these numbers, now that all responses are known."""
    number = 0
    for _, _, record in _scan_archive(path, Wanted(frozenset({"revisit"}), max_body + MAX_HEAD)):
        if isinstance(record, Damage):
            continue
        number += 1
        if number in numbers:
            found = resolver.find_any(record, path.parent)
            yield _read_revisit(record, found, max_body) if found else describe_unresolved(record)


def _scan_archive(path: Path, wanted: Wanted) -> Iterator[tuple[int, Warc, Record | Damage]]:
    """The records of an archive, each with its WARC and that one's number."""
    with ExitStack() as resources:
        for position, warc in enumerate(open_warcs(path, resources)):
            for record in scan_records(warc, wanted):
                yield position, warc, record


def _read_revisit(revisit: Record, found: Found, max_body: int) -> Page | Issue:
    page = read_page(found.record, _place_of(found.warc, found.record, found.archive), max_body)
    return confirm_page(page, revisit) if isinstance(page, Page) else page


def _place_of(warc: Warc, record: Record, archive: Path) -> ArchivePlace | None:
    return ArchivePlace(archive.name, record.offset, record.length) if warc.is_own and record.length is not None else None
