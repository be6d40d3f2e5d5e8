"""Writes a crawl's exchanges into a WARC as they happen: each is with the system before the next response is handled."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from archive.disk import sync_folder
from archive.exchanges import LINE_BREAKS, HeaderPairs, add_host, fit_headers, is_compressed, join_head, name_status, name_target
from archive.framing import describe_original, make_record, make_record_id, name_record_url
from schemas.errors import OutputUnwritable, UsageError
from schemas.page import ArchivePlace, Original

BODILESS = frozenset({204, 304})
HTTP_1 = frozenset({"HTTP/1.0", "HTTP/1.1"})


class WarcWriter:
    """A WARC/1.1 file, one gzip member per record, that begins with a warcinfo record of run and software.

    A new file, or with `is_resumed` one that goes on: what a killed crawl left, after `recover_warc`. Raises UsageError where
    a file exists that should be new, OutputUnwritable where the disk refuses; the records before stay readable.
    """

    def __init__(self, path: Path, *, run_id: str, software: str, is_resumed: bool = False) -> None:
        self.path = path
        try:
            self._file = path.open("ab" if is_resumed else "xb", buffering=0)
        except FileExistsError as error:
            raise UsageError(f"The archive {path} exists already.") from error
        except OSError as error:
            raise self._refusal(error) from error
        try:
            sync_folder(path.parent)
            if not self._file.tell():
                details = {"WARC-Filename": path.name}
                self._append(make_record("warcinfo", datetime.now(UTC), _describe_run(run_id, software), b"", details))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Waits until every record is on the disk. May be called again."""
        if not self._file.closed:
            with self._file:
                self.sync()

    def sync(self) -> None:
        """Waits until every record so far is on the disk, where a power cut leaves it; a kill alone loses none."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._refusal(error) from error

    def write_exchange(
        self,
        *,
        url: str,
        method: str,
        request_headers: HeaderPairs,
        status: int,
        response_headers: HeaderPairs,
        body: bytes,
        fetched_at: datetime,
        ip_address: str | None = None,
        protocol: str = "HTTP/1.1",
        request_body: bytes = b"",
        original: Original | None = None,
    ) -> ArchivePlace:
        """Writes the response and its request at once, so that a kill tears no more than one exchange; gives where the response lies.

        `fetched_at` is aware. `body` is as received, Content-Encoding intact, its chunks joined. So Transfer-Encoding, and a
        Content-Length that is not the body's, go under `X-Archive-Orig-` names. Cookies and credentials are dropped. Header
        values are written as Latin-1: the server's own bytes where they were read as such.

        With `original` a revisit record stands for the response: its head, no body. `original` is a response, never a revisit:
        the one that a 304 confirms, or one of the same body (else UsageError).
        """
        version = protocol if protocol in HTTP_1 else "HTTP/1.1"
        response_headers, target = list(response_headers), {"WARC-Target-URI": name_record_url(url)}
        length = None if method.upper() == "HEAD" or status in BODILESS else len(body)
        head = join_head(f"{version} {status} {name_status(status)}", fit_headers(response_headers, length))
        own = {"WARC-Record-ID": make_record_id(), **target, **_describe_connection(ip_address, protocol)}
        if original is None:
            answer = make_record("response", fetched_at, head, body, own, is_packed=is_compressed(response_headers))
        else:
            answer = make_record("revisit", fetched_at, head, b"", own | describe_original(original, status, body))

        head = join_head(f"{method.upper()} {name_target(url)} {version}", add_host(fit_headers(request_headers, len(request_body)), url))
        request = make_record("request", fetched_at, head, request_body, target | {"WARC-Concurrent-To": own["WARC-Record-ID"]})
        return ArchivePlace(self.path.name, self._append(answer + request), len(answer))

    def _append(self, data: bytes) -> int:
        """The byte at which it begins."""
        offset = self._file.tell()
        try:
            _write_all(self._file, data)
        except OSError as error:
            self._file.seek(offset)
            self._file.truncate()  # no half exchange in the middle, should there be room again
            raise self._refusal(error) from error
        return offset

    def _refusal(self, error: OSError) -> OutputUnwritable:
        return OutputUnwritable(f"The archive {self.path} cannot be written: {error.strerror}.")


def _write_all(file: io.FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _describe_connection(ip_address: str | None, protocol: str) -> dict[str, str]:
    known = {"WARC-IP-Address": ip_address, "WARC-Protocol": None if protocol in HTTP_1 else protocol.lower()}
    return {name: value for name, value in known.items() if value}


def _describe_run(run_id: str, software: str) -> bytes:
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run_id,
    }
    return "".join(f"{name}: {LINE_BREAKS.sub(' ', value)}\r\n" for name, value in fields.items()).encode()
