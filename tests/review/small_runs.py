"""Runs of a few rows, written as they would be stored: a test says of a row what matters, the rest is filled in."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from review.facts import compare_facts
from schemas.comparison import COMPARED
from schemas.datasets import DATASETS
from schemas.keys import contact_key, date_key
from schemas.tables import write_rows

Row = dict[str, Any]

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PAGE, OTHER_PAGE, THIRD_PAGE = "00000000000000a1", "00000000000000a2", "00000000000000a3"
BODY, BODY_NAME = "orgnr:222000-0265", "Göteborgsregionens kommunalförbund"

EVIDENCE: Row = {"page_id": PAGE, "evidence": "words", "evidence_source": "markup", "method": "line", "confidence": 0.9}
DEFAULTS: Mapping[str, Row] = {
    "pages": {
        **{"site_id": "ale", "http_status": 200, "content_length": 100, "fetched_at": NOON, "checked_at": NOON},
        **{"is_collaboration": True, "text": "Text"},
    },
    "organisations": {"kind": "network", "other_names": [], "is_registered": False, "page_ids": [PAGE]},
    "members": {"organisation_id": BODY, "organisation_name": BODY_NAME, "role": "member", "basis": "named", **EVIDENCE},
    "relations": {
        **{"organisation_id": BODY, "organisation_name": BODY_NAME, "role": "member", "pages": 1, "hosts": 1, "sides": ["body"]},
        **{"contradicted": False, "confidence": 0.9},
    },
    "member_counts": {
        **{"organisation_id": BODY, "organisation_name": BODY_NAME, "unit": "kommuner", "scope": "total", "ordinal": 1, "listed": 0},
        **EVIDENCE,
    },
    "contacts": {"organisation_id": "kommun:1440", "organisation_name": "Ale kommun", "context": "contact", **EVIDENCE},
    "dates": {"organisation_id": BODY, "kind": "founded", "precision": "year", **EVIDENCE},
    "issues": {"severity": "warning", "message": "What was seen."},
}


def page(page_id: str = PAGE, content: str = "a", body: str | None = None, **columns: Any) -> Row:
    """A page that says `content`, in bytes that are `body`, where both are not one."""
    url = f"https://ale.se/{page_id[-2:]}"
    digests = {"content_sha256": digest(content), "body_sha256": digest(body or content)}
    return {**DEFAULTS["pages"], "page_id": page_id, "url": url, "canonical_url": url, **digests, **columns}


def organisation(organisation_id: str, name: str, **columns: Any) -> Row:
    """An organisation."""
    return {**DEFAULTS["organisations"], "organisation_id": organisation_id, "name": name, **columns}


def member(member_id: str, name: str | None = None, **columns: Any) -> Row:
    """A member of the body."""
    return {**DEFAULTS["members"], "member_id": member_id, "member_name": name or member_id, **columns}


def relation(member_id: str, name: str | None = None, **columns: Any) -> Row:
    """A member of the body, over all pages."""
    return {**DEFAULTS["relations"], "member_id": member_id, "member_name": name or member_id, **columns}


def count(number: int, **columns: Any) -> Row:
    """A stated number of the body's members."""
    return {**DEFAULTS["member_counts"], "count": number, **columns}


def contact(person: str | None = None, role: str | None = None, ordinal: int = 1, **columns: Any) -> Row:
    """A contact of a person, else of a function."""
    kind = "person" if person else "function" if role else "switchboard"
    row: Row = {**dict.fromkeys(DATASETS["contacts"].columns()), **DEFAULTS["contacts"]}
    row |= {"person": person, "role": role, "kind": kind, **columns}
    del row["run_id"]
    return row | {"contact_id": digest(*contact_key(row), ordinal)[:16]}


def dated(edtf: str, about: str | None = None, ordinal: int = 1, **columns: Any) -> Row:
    """A date of the body."""
    row = {**DEFAULTS["dates"], "edtf": edtf, "about": about, **columns}
    return row | {"date_id": digest(*date_key(row), ordinal)[:16]}


def issue(code: str, page_id: str = PAGE) -> Row:
    """An issue of a page."""
    return {**DEFAULTS["issues"], "code": code, "page_id": page_id}


def digest(*parts: object) -> str:
    """64 hex digits."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def write_run(folder: Path, datasets: Mapping[str, Sequence[Row]], *, run_id: str = "r1", leave_out: Sequence[str] = ()) -> Path:
    """A folder with the datasets that are compared, and issues; those that are not given are empty, those left out are not there."""
    for dataset in (*COMPARED, "issues"):
        if dataset not in leave_out:
            rows = datasets.get(dataset, [page()] if dataset == "pages" else [])
            write_rows(dataset, [row | {"run_id": run_id} for row in rows], folder / f"{dataset}.parquet")
    return folder


def compare(before: Path, after: Path, **options: Any) -> list[Row]:
    """What changed, as of a crawl unless told otherwise."""
    return list(compare_facts(before, after, **{"cause": "page", "is_complete": True, **options}))


def tell(changes: Sequence[Row]) -> list[tuple[str, str, str | None, str | None, str | None]]:
    """Dataset, change, column, before and after of each change, for comparing."""
    return [(row["dataset"], row["change"], row["column"], row["before"], row["after"]) for row in changes]
