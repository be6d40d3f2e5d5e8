"""The content codings of HTTP undone, within a limit: a few bytes can unfold to gigabytes."""

import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any

ZSTD_WINDOW_LOG = 23
"""8 MB, the most that RFC 9659 lets a server use; the library would allow sixteen times as much."""


class UndecodableError(Exception):
    """Raised where a body's Content-Encoding cannot be undone."""


class TooLargeError(Exception):
    """Raised where a body is larger than allowed once it is decoded."""


def _find_module(*names: str) -> Any:
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


brotli = _find_module("brotli")  # both come with Scrapy; without them pages in these codings are reported as unreadable
zstd = _find_module("compression.zstd", "backports.zstd")


def undo_coding(coding: str, body: bytes, max_body: int) -> bytes:
    """The body without one coding ("gzip"); raises UndecodableError, or TooLargeError beyond `max_body` bytes."""
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
