"""HTTP messages as archives hold them: status, headers, and the body with its codings undone, whatever servers and crawlers did to it."""

import re
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any


def _find_module(*names: str) -> Any:
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


brotli = _find_module("brotli")  # both come with Scrapy; without them pages in these codings are reported as unreadable
zstd = _find_module("compression.zstd", "backports.zstd")

Headers = tuple[tuple[str, str], ...]

STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")  # "HTTP/1.1 200 OK", "HTTP/2 404"; not "HTTP/1.1 OK"
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
LINE_END = re.compile(rb"\r?\n")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")  # "1f40\r\n", "0;last\r\n"; not "<!DOCTYPE html>\n"
ZSTD_WINDOW_LOG = 23
"""8 MB, the most that RFC 9659 lets a server use; the library would allow sixteen times as much."""


class UndecodableError(Exception):
    """Raised where a body's Content-Encoding cannot be undone."""


class TooLargeError(Exception):
    """Raised where a body is larger than allowed once it is decompressed."""


def read_response(block: bytes) -> tuple[int, Headers, bytes] | None:
    """Status, every header in its order (as Latin-1, which loses no byte), and the body as sent; None where it is no HTTP response."""
    status = STATUS_LINE.match(block)
    if not status:
        return None
    blank = BLANK_LINE.search(block)
    head, body = (block[: blank.start()], block[blank.end() :]) if blank else (block, b"")
    return int(status[1]), _read_headers(head), body


def _read_headers(head: bytes) -> Headers:
    headers: list[tuple[str, str]] = []
    for line in LINE_END.split(head)[1:]:
        text = line.decode("latin-1")
        name, colon, value = text.partition(":")
        if text[:1] in (" ", "\t") and headers:  # a folded value goes on
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {text.strip()}")
        elif colon:
            headers.append((name.strip(), value.strip()))
    return tuple(headers)


def decode_body(headers: Headers, body: bytes, max_body: int) -> bytes:
    """The body with Transfer-Encoding and Content-Encoding undone; raises UndecodableError or TooLargeError."""
    if "chunked" in _tokens(headers, "transfer-encoding"):
        body = join_chunks(body)
    for coding in reversed(_tokens(headers, "content-encoding")):
        if body:
            body = _undo(coding, body, max_body)
    if len(body) > max_body:
        raise TooLargeError
    return body


def _tokens(headers: Headers, name: str) -> list[str]:
    values = ",".join(value for key, value in headers if key.lower() == name)
    return [token.strip().lower() for token in values.split(",") if token.strip()]


def join_chunks(body: bytes) -> bytes:
    """The chunks of a chunked body joined; the body itself where it is not chunked (many crawlers join and leave the header)."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        size = CHUNK_SIZE.match(body, at)
        if not size:
            return body
        length = int(size[1], 16)
        if not length:
            break
        parts.append(body[size.end() : size.end() + length])
        end = LINE_END.match(body, size.end() + length)
        if not end and size.end() + length < len(body):
            return body
        at = end.end() if end else len(body)
    return b"".join(parts)


def _undo(coding: str, body: bytes, max_body: int) -> bytes:
    if coding not in DECODERS:
        return body  # "utf-8", "none", "identity": servers write such things, browsers pass them over
    try:
        decoded = DECODERS[coding](body, max_body + 1)
    except UndecodableError:
        if body.lstrip()[:1] == b"<":  # archived by way of a browser: already decoded, with the server's header
            return body
        raise
    if len(decoded) > max_body:
        raise TooLargeError
    return decoded


def _gunzip(body: bytes, limit: int) -> bytes:
    """Several members count as one, rubbish after them as nothing."""
    plain = bytearray()
    while True:
        unzip = zlib.decompressobj(wbits=31)
        plain += _inflate(unzip, body, limit - len(plain))
        body = unzip.unused_data
        if len(plain) >= limit or not body.startswith(b"\x1f\x8b"):
            return bytes(plain)


def _undeflate(body: bytes, limit: int) -> bytes:
    """The standard means zlib's form by "deflate"; some servers send the bare stream."""
    try:
        return _inflate(zlib.decompressobj(), body, limit)
    except UndecodableError:
        return _inflate(zlib.decompressobj(wbits=-15), body, limit)


def _inflate(unzip: "zlib._Decompress", body: bytes, limit: int) -> bytes:
    try:
        plain = unzip.decompress(body, limit)
    except zlib.error as error:
        raise UndecodableError(str(error)) from error
    if not unzip.eof and len(plain) < limit:
        raise UndecodableError("it ends too early")
    return plain


def _unbrotli(body: bytes, limit: int) -> bytes:
    if brotli is None:
        raise UndecodableError("brotli is not installed")
    decoder = brotli.Decompressor()
    try:
        plain: bytes = decoder.process(body, output_buffer_limit=limit)
    except brotli.error as error:
        raise UndecodableError(str(error)) from error
    if not decoder.is_finished() and len(plain) < limit:
        raise UndecodableError("it ends too early")
    return plain


def _unzstd(body: bytes, limit: int) -> bytes:
    if zstd is None:
        raise UndecodableError("backports.zstd is not installed")
    plain = bytearray()
    while True:
        decoder = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
        try:
            plain += decoder.decompress(body, limit - len(plain))
        except zstd.ZstdError as error:
            raise UndecodableError(str(error)) from error
        body = decoder.unused_data if decoder.eof else b""
        if not decoder.eof and len(plain) < limit:
            raise UndecodableError("it ends too early")
        if len(plain) >= limit or not body:
            return bytes(plain)


def _refuse(body: bytes, limit: int) -> bytes:
    raise UndecodableError("nothing here decodes it")


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
    **dict.fromkeys(("compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "aes128gcm"), _refuse),
}
"""Body and limit in, at most about `limit` decoded bytes out. The codings of the HTTP registry; other words are no coding."""
