"""The index of a WACZ: CDXJ lines sorted by URL, in gzipped blocks with an index of the blocks (ZipNum), and the list of its pages."""

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import quote, unquote_to_bytes, urlsplit

from archive.instants import read_warc_date
from archive.messages import read_response
from archive.page_records import is_http
from archive.records import Record

INDEX_NAME = "index.cdx.gz"
BLOCK_LINES = 1000
"""Lines per gzipped block: what a player downloads to look one URL up, some 20 kB."""

PAGES_HEAD = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
DEFAULT_PORTS = {"http": 80, "https": 443}
WWW = re.compile(r"www\d*\.")  # "www.ale.se", "www2.ale.se"; not "wwwale.se"
SLASHES = re.compile(r"/{2,}")
UNESCAPED = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "%#")


class Catalogue:
    """Index lines and pages of an archive, gathered record by record and sorted outside the memory (a nameless SQLite file)."""

    def __init__(self) -> None:
        self._lines = sqlite3.connect("")
        self._lines.executescript("create table entry (line text); create table page (line text)")

    def close(self) -> None:
        """Drops what was gathered."""
        self._lines.close()

    def add_record(self, record: Record, warc_name: str) -> None:
        """Takes up a response or revisit of the web that has a date and can be looked up by its place."""
        when = read_warc_date(record.header("WARC-Date"))
        if record.kind not in ("response", "revisit") or not is_http(record.url) or not when or record.length is None:
            return
        status, media_type = _read_kind(record)
        self._lines.execute("insert into entry values (?)", (_format_entry(record, when, status, media_type, warc_name),))
        if status == 200 and media_type == "text/html":
            self._lines.execute("insert into page values (?)", (_format_page(record.url, when),))

    def list_entries(self) -> Iterator[str]:
        """CDXJ lines in the order of their bytes, as a binary search expects them."""
        return (line for (line,) in self._lines.execute("select line from entry order by line, rowid"))

    def list_pages(self) -> Iterator[str]:
        """The lines of pages.jsonl: a head, then each HTML page that answered 200, in the order of the archive."""
        yield json.dumps(PAGES_HEAD) + "\n"
        for (line,) in self._lines.execute("select line from page order by rowid"):
            yield line

    def find_first_page(self) -> str | None:
        """The URL of the first page; None where there is no page."""
        row = self._lines.execute("select line from page order by rowid limit 1").fetchone()
        return str(json.loads(row[0])["url"]) if row else None


def _read_kind(record: Record) -> tuple[int | None, str | None]:
    """HTTP status and media type; None where the record does not tell."""
    response = read_response(record.block or b"")
    if record.kind == "revisit":
        return response[0] if response else None, "warc/revisit"
    if not response:
        return None, None
    values = [value for name, value in response[1] if name.lower() == "content-type"]
    return response[0], values[-1].split(";")[0].strip().lower() or None if values else None


def _format_entry(record: Record, when: datetime, status: int | None, media_type: str | None, warc_name: str) -> str:
    entry = {
        "url": record.url,
        "mime": media_type,
        "status": status,
        "digest": record.header("WARC-Payload-Digest"),
        "length": record.length,
        "offset": record.offset,
        "filename": warc_name,
    }
    known = {name: value for name, value in entry.items() if value is not None}
    return f"{make_url_key(record.url)} {when:%Y%m%d%H%M%S} {json.dumps(known)}\n"


def _format_page(url: str, when: datetime) -> str:
    instant = when.isoformat().replace("+00:00", "Z")
    page_id = hashlib.sha256(f"{instant} {url}".encode()).hexdigest()[:16]
    return json.dumps({"id": page_id, "url": url, "ts": instant}) + "\n"


def make_url_key(url: str) -> str:
    """The sort-friendly form that players look up: "https://www.ale.se/Kommun/?b=2&a=1" is "se,ale)/kommun?a=1&b=2"."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return _escape(url)
    host = ",".join(reversed(WWW.sub("", _encode_host(parts.hostname or ""), count=1).split(".")))
    shown_port = f":{port}" if port and port != DEFAULT_PORTS.get(parts.scheme) else ""
    path = SLASHES.sub("/", _escape(parts.path)).rstrip("/") or "/"
    query = "&".join(sorted(_escape(parts.query).split("&")))
    return f"{host}{shown_port}){path}{'?' if query else ''}{query}"


def _encode_host(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # an empty or overlong label
        return _escape(host)


def _escape(text: str) -> str:
    """Lower case, with as few percent codes as can be, so that every spelling of an URL has one key."""
    return quote(unquote_to_bytes(text), safe=UNESCAPED).lower()


def compress_index(entries: Iterable[str], block_index: list[str]) -> Iterator[bytes]:
    """The lines in gzipped blocks; fills `block_index` with the lines of index.idx."""
    block_index.append("!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": INDEX_NAME}) + "\n")
    lines = iter(entries)
    offset = 0
    while block := list(islice(lines, BLOCK_LINES)):
        data = gzip_bytes("".join(block).encode())
        place = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        block_index.append(f"{block[0].partition('{')[0]}{json.dumps(place)}\n")
        offset += len(data)
        yield data


def gzip_bytes(data: bytes) -> bytes:
    """A gzip member without a time in its head: the same for the same bytes."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return compressor.compress(data) + compressor.flush()
