"""Whether a review told of a pair what it must: nothing of noise, an edit as a changed page and as the fact's change."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape

from tests.mutations.edits import Edit, FactChange
from tests.mutations.noise import DATED
from tests.mutations.runs import Row, Seen


def list_page_alarms(seen: Seen) -> list[str]:
    """What was told of the page of a pair that differs by noise alone."""
    return [f"{row['change']}: {shorten(row['diff'] or row['added'] or row['removed'] or '')}" for row in seen.page_changes]


def list_fact_alarms(seen: Seen) -> list[str]:
    """What was told of the facts of such a pair. Its own dates may be others where the noise is those dates."""
    may_differ = [date for name in seen.pair.mutations for date in DATED.get(name, ())]
    return [tell_change(row) for row in seen.changes if not any(is_of_date(row, date, seen) for date in may_differ)]


def is_of_date(row: Row, date: str, seen: Seen) -> bool:
    """Whether a change is of when the page says that it was `updated` or `published`."""
    if row["dataset"] == "pages":
        return bool(row["column"] == f"{date}_on")
    return row["dataset"] == "dates" and seen.date_kinds.get(json.loads(row["key"])["date_id"]) == date


def judge_edit(seen: Seen, edit: Edit) -> Iterator[str]:
    """What was missed of an edit: page, words, fact."""
    rows = [row for row in seen.page_changes if row["change"] == "changed"]
    if not rows and edit.is_content:
        yield "page: no change"
    elif edit.is_content and not any(is_told(row, edit) for row in rows):
        yield f"words: {edit.removed!r} -> {edit.added!r} not in the diff {shorten(rows[0]['diff'])}"
    if edit.fact and is_read(seen, edit.fact) and not any(tells(row, edit.fact) for row in seen.changes):
        told = "; ".join(tell_change(row) for row in seen.changes)
        yield f"fact: {edit.fact.dataset} {edit.fact.column} {edit.fact.before!r} -> {edit.fact.seen!r}, but {told or 'nothing'}"


def is_told(row: Row, edit: Edit) -> bool:
    """Whether what went and came stands in the change of the page."""
    return squash(edit.added) in squash(row["added"] or "") and squash(edit.removed) in squash(row["removed"] or "")


def is_read(seen: Seen, fact: FactChange) -> bool:
    """Whether the first run holds the fact that was edited."""
    values = [row[fact.column] for row in seen.facts[fact.dataset]]
    return any(value is not None and fact.before.casefold() in str(value).casefold() for value in values)


def tells(row: Row, fact: FactChange) -> bool:
    """Whether a change is the one that the edit must give: it tells what is now, or of a fact that was removed what was."""
    words = " ".join(str(row[column] or "") for column in ("key", "before", "after", "evidence_before", "evidence_after")).casefold()
    wanted = fact.before if row["change"] == "removed" else fact.seen
    return row["dataset"] == fact.dataset and row["change"] in fact.kinds and wanted.casefold() in words


def tell_change(row: Row) -> str:
    """A change in one line."""
    return f"{row['dataset']} {row['change']} {row['column'] or ''} {shorten(row['before'])} -> {shorten(row['after'])} {row['key']}"


def squash(words: str) -> str:
    """Letters and digits alone, so that how words are spelt and spaced does not count."""
    return re.sub(r"[\W_]+", "", unescape(words).replace("\xad", ""))


def shorten(words: str | None, length: int = 160) -> str:
    """The beginning of a text in one line."""
    line = " ⏎ ".join((words or "").split("\n"))
    return line if len(line) <= length else line[:length] + " ..."


def count_worst(named: Sequence[tuple[str, ...]]) -> list[tuple[str, int]]:
    """How often each mutation was there when something went wrong, the most frequent first."""
    names = [name for group in named for name in group]
    return sorted(((name, names.count(name)) for name in set(names)), key=lambda pair: (-pair[1], pair[0]))
