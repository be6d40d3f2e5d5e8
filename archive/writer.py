"""Writes a crawl's exchanges into a WARC as they happen: each record is with the system before the next response is handled."""

import io
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.disk import sync_folder
from archive.exchanges import LINE_BREAKS, HeaderPairs, add_host, fit_headers, join_head, name_status, name_target
from schemas.errors import OutputUnwritable, UsageError
from schemas.page import ArchivePlace

BODILESS = frozenset({204, 304})
HTTP_1 = frozenset({"HTTP/1.0", "HTTP/1.1"})
URL_BREAKS = re.compile(r"[\x00-\x20\x7f]")  # would end the header line or be no URL; letters like å are left
CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
}


class WarcWriter:
    """A new WARC/1.1 file, one gzip member per record, that begins with a warcinfo record of run and software.

    Raises UsageError where the file exists, OutputUnwritable where the disk refuses; the records before stay readable.
    """

    def __init__(self, path: Path, *, run_id: str, software: str) -> None:
        self.path = path
        try:
            self._file = path.open("xb", buffering=0)
        except FileExistsError as error:
            raise UsageError(f"The archive {path} exists already.") from error
        except OSError as error:
            raise OutputUnwritable(f"The archive {path} cannot be written: {error.strerror}.") from error
        try:
            sync_folder(path.parent)
            self._append("warcinfo", _describe_run(run_id, software), b"", datetime.now(UTC), {"WARC-Filename": path.name})
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Waits until every record is on the disk. May be called again."""
        if self._file.closed:
            return
        with self._file:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise OutputUnwritable(f"The archive {self.path} cannot be written: {error.strerror}.") from error

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
    ) -> ArchivePlace:
        """Writes the response, then its request; gives where the response lies. `fetched_at` is aware.

        `body` is as received, Content-Encoding intact, its chunks joined. So Transfer-Encoding, and a Content-Length that is
        not the body's, go under `X-Archive-Orig-` names. Cookies and credentials are dropped. Header values are written as
        Latin-1: the server's own bytes where they were read as such.
        """
        version = protocol if protocol in HTTP_1 else "HTTP/1.1"
        length = None if method.upper() == "HEAD" or status in BODILESS else len(body)
        head = join_head(f"{version} {status} {name_status(status)}", fit_headers(response_headers, length))
        details = {"WARC-Target-URI": URL_BREAKS.sub(lambda found: quote(found[0]), url)}
        own = {"WARC-IP-Address": ip_address, "WARC-Protocol": None if protocol in HTTP_1 else protocol.lower()}
        record_id, place = self._append("response", head, body, fetched_at, details | {key: value for key, value in own.items() if value})

        head = join_head(f"{method.upper()} {name_target(url)} {version}", add_host(fit_headers(request_headers, len(request_body)), url))
        self._append("request", head, request_body, fetched_at, details | {"WARC-Concurrent-To": record_id})
        return place

    def _append(self, kind: str, head: bytes, payload: bytes, when: datetime, details: dict[str, str]) -> tuple[str, ArchivePlace]:
        """Record id and place of the record that it wrote."""
        record_id = f"<urn:uuid:{uuid4()}>"
        data = _make_record(kind, head, payload, {"WARC-Record-ID": record_id, "WARC-Date": format_warc_date(when), **details})
        offset = self._file.tell()
        try:
            _write_all(self._file, data)
        except OSError as error:
            self._file.seek(offset)
            self._file.truncate()  # no half record in the middle, should there be room again
            raise OutputUnwritable(f"The archive {self.path} cannot be written: {error.strerror}.") from error
        return record_id, ArchivePlace(self.path.name, offset, len(data))


def _write_all(file: io.FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _make_record(kind: str, head: bytes, payload: bytes, details: dict[str, str]) -> bytes:
    """A gzipped record. warcio gets its block ready-made: it would percent-encode header values that are not ASCII."""
    block = head + payload
    digests = {"WARC-Block-Digest": _digest(block)}
    if kind != "warcinfo":
        digests["WARC-Payload-Digest"] = _digest(payload)
    headers = StatusAndHeaders("", list({"WARC-Type": kind, **details, **digests}.items()), protocol="WARC/1.1")
    record = ArcWarcRecord("warc", kind, headers, io.BytesIO(block), None, CONTENT_TYPES[kind], len(block))
    data = io.BytesIO()
    WARCWriter(data, gzip=True).write_record(record)
    return data.getvalue()


def _digest(data: bytes) -> str:
    digester = Digester("sha256")
    digester.update(data)
    return str(digester)


def format_warc_date(when: datetime) -> str:
    """An aware instant as "2026-11-21T04:00:00.000000Z"; WARC/1.1 allows microseconds."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _describe_run(run_id: str, software: str) -> bytes:
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run_id,
    }
    return "".join(f"{name}: {LINE_BREAKS.sub(' ', value)}\r\n" for name, value in fields.items()).encode()
