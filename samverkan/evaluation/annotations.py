"""Annotated pages: a folder per page with `page.html`, `source.json`, `gold.json` and sometimes `gold-accept.json`."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.writer import WarcWriter
from schemas.errors import UsageError

LISTS = ("organisations", "members", "member_counts", "contacts", "dates")
"""The kinds of fact that are annotated."""
FETCHED = "2026-11-21T04:00:00+00:00"
"""When a page came that does not say so."""

Fact = Mapping[str, Any]


@dataclass(frozen=True)
class AnnotatedPage:
    """What is to be found on one page, and where the annotation leaves room."""

    name: str
    url: str
    row: Fact
    facts: Mapping[str, Sequence[Fact]]
    """Per list, the facts to be found."""
    optional: Mapping[str, Sequence[Fact]]
    """Per list, facts that count neither way."""
    accepted: Mapping[tuple[str, int, str], Sequence[Any]]
    """(list, index, field) -> other values that are right there."""


def load_annotations(folder: Path) -> list[AnnotatedPage]:
    """The annotated pages of a folder in the order of their names. Raises UsageError, one line, where there is none or one is broken."""
    pages = [read_annotations(path.parent) for path in sorted(folder.glob("*/gold.json"))]
    if not pages:
        raise UsageError(f"{folder} holds no annotated pages (<page>/page.html, source.json, gold.json).")
    return pages


def read_annotations(folder: Path) -> AnnotatedPage:
    """One page's annotations."""
    gold, source = read_json(folder / "gold.json"), read_json(folder / "source.json")
    leeway = read_json(folder / "gold-accept.json") if (folder / "gold-accept.json").exists() else {}
    accepted: dict[tuple[str, int, str], list[Any]] = defaultdict(list)
    try:
        for entry in leeway.get("accept", []):
            accepted[entry["list"], entry["index"], entry["field"]] += entry["values"]
        optional = {name: leeway.get("optional", {}).get(name, []) for name in LISTS}
        return AnnotatedPage(folder.name, source["url"], gold["page"], {name: gold[name] for name in LISTS}, optional, accepted)
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"The annotations in {folder} lack {error}.") from error


def pack_pages(folder: Path, warc: Path) -> None:
    """Packs the pages of a folder, annotated or not, into a new WARC. Raises UsageError where a page has no readable source."""
    with WarcWriter(warc, run_id="evaluation", software="samverkan") as writer:
        for page in sorted(folder.glob("*/page.html")):
            source = read_json(page.parent / "source.json")
            headers = source.get("headers") or {"Content-Type": "text/html"}
            writer.write_exchange(
                url=source["url"],
                method="GET",
                request_headers=(),
                status=200,
                response_headers=tuple(headers.items()),
                body=page.read_bytes(),
                fetched_at=datetime.fromisoformat(source.get("date", FETCHED)),
            )


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises UsageError where the file holds none."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path} holds no JSON object.")
    return value
