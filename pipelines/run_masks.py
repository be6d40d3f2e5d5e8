"""How the rows of a run are masked where persons are forgotten: by the page that each is of, and how old that is there."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from pipelines.forgotten_words import Words, read_contact, scan_if_there
from pipelines.keys import Row
from pipelines.old_pages import OldPages
from pipelines.page_masks import PRIVATE, PageMask, empty_contact, is_listed, make_mask, mask_row
from schemas.masking import mask_spans
from schemas.persons import Persons, find_parts, split_words
from schemas.tables import scan_rows

Spots = set[tuple[str, int]]
"""Name of an archive and a byte of it."""


@dataclass(frozen=True, slots=True)
class Side:
    """What a change says of one of its two runs."""

    persons: Persons
    """Of whom it may say nothing."""
    is_old: bool


@dataclass(slots=True)
class Masks:
    """What is masked in the datasets of a run, or of the history."""

    words: Words
    old: OldPages
    dropped: Spots
    """Where archives hold responses no more."""
    run_id: str | None = None
    """Of the history: None."""
    pages: Mapping[str, PageMask] = field(default_factory=dict)
    """Of every page of the run."""

    def change(self, dataset: str, row: Row) -> Row:
        """A row without what is to be forgotten; an equal one where that is nothing."""
        row = forget_places(row, self.dropped)
        if dataset in ("changes", "page_changes"):
            return self._change_comparison(dataset, row)
        if dataset == "contacts" and (is_listed(row, self.words.listed) or (row["kind"] == "person" and self._is_old(row))):
            row = empty_contact(row, is_in_text=self.run_id is not None)
        return mask_row(dataset, row, self._find_mask(row))

    def _is_old(self, row: Row) -> bool:
        """Whether a row of a run is of an old page, a version of the history was last seen when that is old."""
        if self.run_id is not None:
            return row.get("page_id") in self.old.pages[self.run_id]
        return self.old.cutoff is not None and row["last_seen"] < self.old.cutoff

    def _find_mask(self, row: Row) -> PageMask:
        if self.run_id is None:
            return PageMask((self.words.old if self._is_old(row) else self.words.listed,), None)
        return self.pages.get(row.get("page_id") or "") or PageMask((self.words.gone,))

    def _change_comparison(self, dataset: str, row: Row) -> Row:
        """What was before and what is now are of two runs, and each may be old there."""
        began = row["run_started_at"] if self.run_id is None else self.old.began[self.run_id]
        before, after = (self._choose_side(run_id, row["page_id"], began) for run_id in (row["previous_run_id"], row["run_id"]))
        return mask_change(row, before, after, self.words) if dataset == "changes" else mask_page_change(row, before.persons, after.persons)

    def _choose_side(self, run_id: str, page_id: str | None, began: datetime) -> Side:
        if page_id is None:
            return Side(self.words.gone, is_old=False)
        is_old = self.old.is_old(run_id, page_id, began)
        return Side(self.words.old if is_old else self.words.listed, is_old)


def make_page_masks(folder: Path, old: Collection[str], words: Words) -> dict[str, PageMask]:
    """The mask of every page of a run in this folder. `old`: the ids of its old pages."""
    hidden: dict[str, list[Row]] = {}
    shown: dict[str, list[Row]] = {}
    for row in scan_if_there(folder / "contacts.parquet"):
        is_hidden = is_listed(row, words.listed) or (row["kind"] == "person" and row["page_id"] in old)
        (hidden if is_hidden else shown).setdefault(row["page_id"], []).append(row)
    masks: dict[str, PageMask] = {}
    for page in scan_rows(folder / "pages.parquet", ("page_id", "text")):
        page_id = page["page_id"]
        persons = words.old if page_id in old else words.listed
        masks[page_id] = make_mask(page["text"], persons, hidden.get(page_id, ()), shown.get(page_id, ()))
    return masks


def mask_change(row: Row, before: Side, after: Side, words: Words) -> Row:
    """A row of `changes`, each side masked for itself; what it is about is told as it is now, or was last."""
    masked = {"key": words.gone.mask(row["key"])}
    for when, side in (("before", before), ("after", after)):
        told = {when: row[when], f"evidence_{when}": row[f"evidence_{when}"]}
        if side is (before if row["change"] == "removed" else after):
            told["subject"] = row.get("subject")
        if row["dataset"] == "contacts" and told[when] is not None:
            told = empty_change(row["column"], told, when, words.listed, is_old=side.is_old)
        masked |= {name: text and side.persons.mask(text) for name, text in told.items() if name in row}
    return row | masked


def empty_change(column: str | None, told: Row, when: str, listed: Persons, *, is_old: bool) -> Row:
    """What one side tells of a contact, the person's own values masked as a whole, of the other words the parts of the name.

    Of a single column but the name it is not told whether it is a person's.
    """
    contact = read_contact(column, told[when])
    if not (is_listed(contact, listed) or (is_old and contact["kind"] == "person" and column in (None, "person"))):
        return told
    own = {name: mask_spans(contact[name], [(0, len(contact[name]))]) for name in PRIVATE if contact[name]}
    name = split_words(contact["person"] or "")
    masked = {key: text and mask_spans(text, find_parts(text, name)) for key, text in told.items()}
    return masked | {when: own[column] if column in own else json.dumps(json.loads(told[when]) | own, ensure_ascii=False)}


def mask_page_change(row: Row, before: Persons, after: Persons) -> Row:
    """A row of `page_changes`; of the diff what went as before, all else as now."""
    diff = row["diff"] or ""
    parts = groupby(diff.splitlines(keepends=True), lambda line: line.startswith("-"))
    told = "".join((before if went else after).mask("".join(lines)) for went, lines in parts)
    sides = (("title", after), ("added", after), ("removed", before))
    return row | {name: row[name] and persons.mask(row[name]) for name, persons in sides} | {"diff": told or None}


def forget_places(row: Row, dropped: Spots) -> Row:
    """A row without places at which nothing lies any more."""
    for prefix in ("", "previous_"):
        if (row.get(f"{prefix}archive_file"), row.get(f"{prefix}archive_offset")) in dropped:
            row = row | dict.fromkeys(f"{prefix}archive_{part}" for part in ("file", "offset", "length"))
    return row
