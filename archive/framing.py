"""One WARC record as bytes, and what its headers say of a URL, a payload, an earlier capture."""

import re
import struct
import zlib
from datetime import datetime
from urllib.parse import quote
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester

from archive.instants import format_warc_date
from schemas.errors import UsageError
from schemas.page import Original

NOT_MODIFIED = 304
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

URL_BREAKS = re.compile(r"[\s\x00-\x20\x7f-\x9f]")  # would end the header line or be trimmed; letters like å are left
CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "metadata": "application/warc-fields",
}

GZIP_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # deflated, no time, no name, of no known system
GZIP_END = struct.Struct("<LL")  # CRC-32 and length of what was zipped


def make_record(kind: str, when: datetime, head: bytes, payload: bytes, details: dict[str, str], *, is_packed: bool = False) -> bytes:
    """A record of WARC/1.1 as a gzip member; `is_packed` where the payload is compressed already.

    Digests and a record id are added where `details` holds none. Header values are kept to the byte, which warcio's writer
    would percent-encode where they are not ASCII.
    """
    block = head + payload
    named = {"WARC-Type": kind, "WARC-Record-ID": make_record_id(), "WARC-Date": format_warc_date(when), **details}
    named["WARC-Block-Digest"] = payload_digest(block)
    if kind in ("request", "response"):
        named["WARC-Payload-Digest"] = payload_digest(payload)
    named |= {"Content-Type": CONTENT_TYPES[kind], "Content-Length": str(len(block))}
    heads = StatusAndHeaders("", list(named.items()), protocol="WARC/1.1").to_bytes(encoding="utf-8") + head
    return zip_member(heads, payload + b"\r\n\r\n", is_packed=is_packed)


def zip_member(heads: bytes, rest: bytes, *, is_packed: bool) -> bytes:
    """A gzip member of the two. With `is_packed` the rest is stored: to compress it again takes four fifths of a record's time for nothing.

    The heads are compressed always. In plain they would look like a record of its own to who reads a damaged file.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(heads)
    if is_packed:
        data += deflate.flush(zlib.Z_FULL_FLUSH)  # up to a whole byte, where another stream can go on
        deflate = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    data += deflate.compress(rest) + deflate.flush()
    return GZIP_HEAD + data + GZIP_END.pack(zlib.crc32(rest, zlib.crc32(heads)), (len(heads) + len(rest)) % 2**32)


WITH_COMMENT = 0x10
"""The flag of a gzip member that holds a comment: it may be of any length, and whoever unzips the member passes over it."""
GAP = b"removed: a record that is not kept any more\r\n"


def make_gap(length: int, when: datetime) -> bytes:
    """A record of exactly so many bytes that says only that another was there: a small one, with a comment that fills the room.

    Raises ValueError where there is no room for it (some 300 bytes), as a response or a request takes.
    """
    record = make_record("metadata", when, GAP, b"", {})
    room = length - len(record)
    if room < 1:
        raise ValueError(f"{length} bytes are too few for a record")
    head = bytearray(record[: len(GZIP_HEAD)])
    head[3] |= WITH_COMMENT
    return bytes(head) + b"-" * (room - 1) + b"\0" + record[len(GZIP_HEAD) :]


def make_record_id() -> str:
    """A new WARC-Record-ID."""
    return f"<urn:uuid:{uuid4()}>"


def payload_digest(body: bytes) -> str:
    """What stands in WARC-Payload-Digest for a body as received: "sha256:" and 52 letters and digits (base 32), "====" after them."""
    digester = Digester("sha256")
    digester.update(body)
    return str(digester)


def name_record_url(url: str) -> str:
    """The URL as WARC-Target-URI holds it: as it is, blanks and control characters percent-encoded.

    A URL of a Scrapy request stays as it is. So a record's URL equals the request's, and of any other URL this form of it.
    """
    return URL_BREAKS.sub(lambda found: quote(found[0]), url)


def describe_original(original: Original, status: int, body: bytes) -> dict[str, str]:
    """The WARC headers of a revisit of it. Raises UsageError where the body of an answer other than 304 is not the original's."""
    if status != NOT_MODIFIED and payload_digest(body) != original.payload_digest:
        raise UsageError(f"The body is not that of {original.url}, so no revisit of it can be archived.")
    details = {
        "WARC-Profile": SERVER_NOT_MODIFIED if status == NOT_MODIFIED else IDENTICAL_PAYLOAD,
        "WARC-Refers-To-Target-URI": name_record_url(original.url),
        "WARC-Refers-To-Date": format_warc_date(original.fetched_at),
        "WARC-Payload-Digest": original.payload_digest,
    }
    if original.place:  # as Heritrix names it
        details["WARC-Refers-To-Filename"] = original.place.file
        details["WARC-Refers-To-File-Offset"] = str(original.place.offset)
    return details
