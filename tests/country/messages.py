"""Requests and answers as HTTP/1.1 has them: conditional requests, gzip, validators where the site sends them."""

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus

from tests.country.answers import Answer, Answers


def reply(answers: Answers, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and whole message of a site's answer: 304 where the validator still holds, gzipped where the client takes it."""
    answer = answers.respond(path)
    fields = {name: value for name, value in list_validators(answer).items() if name in answers.site.validators}
    if holds(fields, headers):
        return 304, write_message(304, fields, b"")
    fields["Content-Type"], body = answer.content_type, answer.body
    if answer.location:
        fields["Location"] = answer.location
    if body and "gzip" in headers.get("accept-encoding", "") and not body.startswith(b"\x1f\x8b"):
        fields["Content-Encoding"], fields["Vary"], body = "gzip", "Accept-Encoding", gzip.compress(body, mtime=0)
    return answer.status, write_message(answer.status, {**fields, "Content-Length": str(len(body))}, body)


async def read_head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    """Path and headers (lower case) of the next request; None at the end of the connection, and for what is no GET."""
    try:
        request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    method, path, _ = request.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return (path, headers) if method == "GET" else None


def list_validators(answer: Answer) -> dict[str, str]:
    """ETag and Last-Modified of what answers 200: pages, files, robots.txt, sitemaps."""
    if answer.status != 200 or not answer.updated:
        return {}
    changed = datetime.fromisoformat(f"{answer.updated}T06:30:00").replace(tzinfo=UTC)
    return {"ETag": f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"', "Last-Modified": format_datetime(changed, usegmt=True)}


def holds(fields: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether what the client has is still the same; If-None-Match goes before If-Modified-Since (RFC 9110, 13.2.2)."""
    if "if-none-match" in headers:
        return fields.get("ETag") in {tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")}
    return "Last-Modified" in fields and headers.get("if-modified-since") == fields["Last-Modified"]


def write_message(status: int, fields: Mapping[str, str], body: bytes) -> bytes:
    """The bytes of an answer."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body
