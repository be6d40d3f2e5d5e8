"""One row per key: rows that state the same fact fold into the strongest of them, and every row gets its key.

The result does not depend on the order of the input. Nothing goes silently: rows folded are counted, and a value
that differs from the one kept is told as an issue.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pipelines.keys import Row, canonical_json, numbered_id
from schemas.facts import Issue
from schemas.keys import contact_key, date_key, fold_case

EVIDENCE = ("evidence", "text_start", "text_end", "evidence_source", "method", "confidence")
CONTEXTS = {"contact": 0, "office": 1, "mention": 2}
ADDRESS = ("street_address", "postal_code", "locality")

T = TypeVar("T")
Key = Callable[[Row], Hashable]
Fold = tuple[list[Row], list[tuple[Row, Issue]]]
"""The rows kept, and what could not be kept with the row that it was folded into."""


def deduplicate_dataset(dataset: str, rows: Sequence[Row]) -> Fold:
    """The rows of one dataset with unique keys, sorted by them; rows that fold together are missing from the result."""
    return DEDUPLICATORS[dataset](rows)


def deduplicate_by(*columns: str) -> Callable[[Sequence[Row]], Fold]:
    """For datasets whose key is made of columns that every row already has."""

    def deduplicate(rows: Sequence[Row]) -> Fold:
        return fold_groups(rows, lambda row: tuple(row[column] for column in columns))

    return deduplicate


def deduplicate_member_counts(rows: Sequence[Row]) -> Fold:
    """Counts of one body, unit and scope on a page are numbered by their place in the text; equal ones fold."""
    group = _columns("page_id", "organisation_id", "unit", "scope")
    kept, issues = fold_groups(rows, lambda row: (group(row), row["count"]))
    for row, ordinal in _number_within(kept, group, lambda row: (row["count"],)):
        row["ordinal"] = ordinal
    return sorted(kept, key=lambda row: sortable((group(row), row["ordinal"]))), issues


def deduplicate_dates(rows: Sequence[Row]) -> Fold:
    """Gives each date its id: page, kind, what it dates, and an ordinal by place in the text; equal dates fold."""
    kept, issues = fold_groups(rows, lambda row: (date_key(row), row["edtf"], row["organisation_id"]))
    for row, ordinal in _number_within(kept, date_key, lambda row: (row["edtf"], row["organisation_id"])):
        row["date_id"] = numbered_id(date_key(row), ordinal)
    return sorted(kept, key=lambda row: str(row["date_id"])), issues


def deduplicate_contacts(rows: Sequence[Row]) -> Fold:
    """Gives each contact its id and folds those of one person, or of one function of one organisation, on a page.

    A function that the page states of several organisations ("Kommundirektör" in a list of municipalities) or with several
    numbers or addresses is several contacts, told apart by an ordinal; one stated without its organisation joins the strongest it fits.
    """
    kept: list[Row] = []
    issues: list[tuple[Row, Issue]] = []
    for key, group in group_rows(rows, contact_key).items():
        parts = [group] if key[1] == "person" else _split_function(group)
        folded = []
        for part in parts:
            row, dropped = fold_group(part)
            folded.append(row | join_addresses(part))
            issues += [(row, issue) for issue in dropped]
        for row, ordinal in _number_within(folded, contact_key, lambda row: (row["organisation_id"], row["phone"], row["email"])):
            row["contact_id"] = numbered_id(key, ordinal)
        kept += folded
    return sorted(kept, key=lambda row: str(row["contact_id"])), issues


def fold_groups(rows: Sequence[Row], key: Key) -> Fold:
    """One row per key, sorted by it."""
    kept, issues = [], []
    for _, group in sorted(group_rows(rows, key).items(), key=lambda item: sortable(item[0])):
        row, dropped = fold_group(group)
        kept.append(row)
        issues += [(row, issue) for issue in dropped]
    return kept, issues


def fold_group(rows: Sequence[Row]) -> tuple[Row, list[Issue]]:
    """The strongest row, its nulls filled from the others in order of strength (never its evidence), and what differs."""
    strongest, *others = sorted(rows, key=strength) if len(rows) > 1 else rows  # most rows stand alone
    row, issues = dict(strongest), []
    for other in others:
        for column, value in other.items():
            if value is None or column in EVIDENCE or column == "run_id":
                continue
            if row.get(column) is None:
                row[column] = value
            elif column in TOLD and fold_case(row[column]) != fold_case(value):
                issues.append(_tell_dropped(column, value, other))
    return row, issues


def strength(row: Row) -> tuple[Any, ...]:
    """Sorts the strongest first: who can be reached, what is named, then by confidence, filled columns, place in the text, content."""
    weak = CONTEXTS.get(row.get("context", ""), 0), row.get("basis") == "implied"
    empty = sum(value is None for value in row.values())
    return weak, -(row.get("confidence") or 0), empty, place(row), canonical_json(row)


def place(row: Row) -> tuple[bool, int, int]:
    """Sorts by place in the text; what does not stand in the text comes last."""
    start = row.get("text_start")
    return start is None, start or 0, row.get("text_end") or 0


def join_addresses(rows: Iterable[Row]) -> Row:
    """The address columns of a contact with all its addresses (visiting, postal), joined with "; " in the text's order."""
    addresses = list(
        dict.fromkeys(tuple(row[column] for column in ADDRESS) for row in sorted(rows, key=lambda row: (place(row), strength(row))))
    )
    whole = [address for address in addresses if any(address) and not any(_is_part(address, other) for other in addresses)]
    columns = zip(*whole, strict=True) if whole else ((), (), ())
    return {name: "; ".join(dict.fromkeys(filter(None, values))) or None for name, values in zip(ADDRESS, columns, strict=True)}


def sortable(value: object) -> Any:
    """Makes keys that hold nulls comparable: null sorts first."""
    if isinstance(value, tuple):
        return tuple(sortable(part) for part in value)
    return value is not None, value if value is not None else 0


def group_rows(rows: Iterable[T], key: Callable[[T], Any]) -> dict[Any, list[T]]:
    """Rows, or what else, by key."""
    groups: dict[Any, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


# Columns of which an analyst would miss a second value; where another differs silently (a title's spelling), nothing is lost.
TOLD = frozenset({"role", "phone", "email", "organisation_id", "share", "is_host", "since", "until"})

DEDUPLICATORS: dict[str, Callable[[Sequence[Row]], Fold]] = {
    "pages": deduplicate_by("page_id"),
    "organisations": deduplicate_by("organisation_id"),
    "mentions": deduplicate_by("page_id", "organisation_id", "text_start"),
    "members": deduplicate_by("page_id", "organisation_id", "member_id", "role"),
    "member_counts": deduplicate_member_counts,
    "contacts": deduplicate_contacts,
    "dates": deduplicate_dates,
}


def _columns(*names: str) -> Callable[[Row], tuple[Any, ...]]:
    return lambda row: tuple(row[name] for name in names)


def _number_within(rows: Sequence[Row], group: Key, tie: Key) -> Iterator[tuple[Row, int]]:
    """Each row with its ordinal (from 1) among those of its group, by place in the text."""
    for members in group_rows(rows, group).values():
        ordered = sorted(members, key=lambda row: (place(row), sortable(tie(row))))
        yield from ((row, ordinal) for ordinal, row in enumerate(ordered, 1))


def _is_part(address: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether another address says all that this one says, and more."""
    return address != other and all(value is None or value == there for value, there in zip(address, other, strict=True))


def _split_function(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of different organisations apart, and those that have both a phone, or both an e-mail address, and not the same one.

    No two parts would fit together as single rows either: whoever deduplicates the result again changes nothing.
    """
    parts: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (row["organisation_id"] is None, strength(row))):
        same = next((part for part in parts if _fits(row, part)), None)
        if same is None:
            parts.append([row])
        else:
            same.append(row)
    return parts


def _fits(row: Row, part: Sequence[Row]) -> bool:
    is_of_another = row["organisation_id"] not in (None, part[0]["organisation_id"])
    return not is_of_another and not any(_differ(row, other) for other in part)


def _differ(row: Row, other: Row) -> bool:
    return any(row[column] and other[column] and fold_case(row[column]) != fold_case(other[column]) for column in ("phone", "email"))


def _tell_dropped(column: str, value: object, dropped: Row) -> Issue:
    message = f"The page states it twice with different {column}; the surer one was kept."
    return Issue("duplicate_dropped", message, "info", field=column, value=str(value), record=canonical_json(dropped))
