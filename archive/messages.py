"""HTTP messages as archives hold them: status, headers, and the body with its codings undone, whatever servers and crawlers did to it."""

import re

from archive.codings import TooLargeError, undo_coding

Headers = tuple[tuple[str, str], ...]

STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")  # "HTTP/1.1 200 OK", "HTTP/2 404"; not "HTTP/1.1 OK"
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
LINE_END = re.compile(rb"\r?\n")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")  # "1f40\r\n", "0;last\r\n"; not "<!DOCTYPE html>\n"


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
            body = undo_coding(coding, body, max_body)
    if len(body) > max_body:
        raise TooLargeError
    return body


def undo_chunks(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """A message without Transfer-Encoding: its chunks joined, the header gone."""
    others = tuple(pair for pair in headers if pair[0].lower() != "transfer-encoding")
    return others, join_chunks(body) if len(others) < len(headers) else body


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
