"""Keeps those out of a run who asked not to be published: out of what it reads, and of what the output holds already."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from pipelines.forget import forget_persons
from pipelines.issues import build_issue_row
from pipelines.keys import Row, Rows
from pipelines.page_masks import PageMask, is_listed, make_mask, mask_row
from schemas.disk import write_text
from schemas.do_not_publish import read_listed
from schemas.facts import Issue
from schemas.persons import Persons

APPLIED = ".do-not-publish.applied"
"""In the output: which list its runs were cleaned of already, as a hash."""
KEPT_OUT = Issue("person_suppressed", "A contact was kept out: the person asked not to be published", "error", "contacts", "person")


def heed_list(output: Path) -> Persons:
    """The persons on the list of an output, which holds nothing of them any more when this returns. The caller holds the lock.

    So a run compares itself with, and carries over, what names none of them. Only a list that is new costs anything.
    Raises UsageError where the list cannot be read, OutputUnwritable.
    """
    listed = read_listed(output)
    path, digest = output / APPLIED, hash_list(listed)
    if listed and not (path.exists() and path.read_text("utf-8") == digest):
        forget_persons(output, listed)
        write_text(path, digest)
    return listed


def hash_list(listed: Persons) -> str:
    """The same for lists of the same persons."""
    parts = {part: sorted(values) for part, values in asdict(listed).items()}
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def suppress_page(rows: Rows, issues: Iterable[Row], listed: Persons) -> tuple[Rows, list[Row], Counter[str]]:
    """The rows and issues of one page without the listed persons, an issue for each contact kept out, and how many those are."""
    if not listed:
        return rows, list(issues), Counter()
    hidden = [row for row in rows["contacts"] if is_listed(row, listed)]
    shown = [row for row in rows["contacts"] if not is_listed(row, listed)]
    [page] = rows["pages"]
    mask = make_mask(page["text"], listed, hidden, shown)
    masked = {dataset: [mask_row(dataset, row, mask) for row in there] for dataset, there in (rows | {"contacts": shown}).items()}
    told = [build_issue_row(KEPT_OUT, site_id=page["site_id"], page_id=page["page_id"])] * len(hidden)
    return masked, [*(mask_row("issues", row, mask) for row in issues), *told], Counter(contacts=len(hidden))


def suppress_rows(dataset: str, rows: Iterable[Row], listed: Persons) -> Iterator[Row]:
    """Rows that are of no page, or of one that was not read, without the listed persons."""
    mask = PageMask((listed,), None)
    return (mask_row(dataset, row, mask) for row in rows)
