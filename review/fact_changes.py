"""A fact in both runs as rows of `changes`: what came, what went, and each column that is another."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from review.fact import Fact, Pair, Row
from review.subjects import name_subject
from schemas.datasets import KEYS

NAMES = ("organisation_name", "member_name")
"""What stands beside the compared columns of a fact that came or went: ids alone tell people little."""
ID = "organisation_id"
NAMED = {"organisations": frozenset({"name"}), "contacts": frozenset({"person"})}
"""dataset -> the columns that name what it is about: another value is another name of the same."""


JSON = json.JSONEncoder(ensure_ascii=False)


def tell_pair(dataset: str, pair: Pair, compared: Sequence[str], names: Mapping[str, str], cause: str | None) -> Iterator[Row]:
    """The rows of `changes` of one fact, without the ids of the runs.

    `names`: organisation_id -> name of organisations that go by another id now. `cause`: null where each page has to tell it.
    """
    before, after = pair.before, pair.after
    if before is not None and after is not None:
        yield from _tell_columns(dataset, before, after, pair, compared, names, cause)
    elif after is not None:
        yield _describe(dataset, "added", None, after, names, cause) | {"after": show_fact(after.stored, compared)}
    elif before is not None and before.is_observed and dataset != "pages":
        yield _describe(dataset, "removed", before, None, names, cause) | {"before": show_fact(before.stored, compared)}


def _tell_columns(
    dataset: str, before: Fact, after: Fact, pair: Pair, compared: Sequence[str], names: Mapping[str, str], cause: str | None
) -> Iterator[Row]:
    """Where not all pages were looked at that stated the earlier value, only what came in place of nothing is told."""
    if dataset == "organisations" and before.stored[ID] != after.stored[ID]:
        told = {"column": ID, "before": before.stored[ID], "after": after.stored[ID]}
        yield _describe(dataset, "renamed", before, after, names, cause) | told
    for column in (column for column in compared if before.columns[column] != after.columns[column]):
        was, now = before.stored[column], after.stored[column]
        if (before.is_observed or was in (None, [])) and (not pair.is_merged or column in NAMED[dataset]):
            change = "renamed" if column in pair.renamed or column in NAMED.get(dataset, ()) else "changed"
            told = {"column": column, "before": show_value(was), "after": show_value(now)}
            yield _describe(dataset, change, before, after, names, cause) | told


def _describe(dataset: str, change: str, before: Fact | None, after: Fact | None, names: Mapping[str, str], cause: str | None) -> Row:
    """All columns of a change but the values."""
    fact = after or before
    assert fact is not None  # one side is there
    organisation = fact.columns.get(ID)
    name = fact.stored.get("name") if dataset == "organisations" else fact.stored.get("organisation_name")
    return {
        "dataset": dataset,
        "key": show_key(dataset, fact.stored),
        "change": change,
        "column": None,
        "before": None,
        "after": None,
        "cause": cause or ("reading" if fact.says_same else "page"),
        "organisation_id": organisation,
        "organisation_name": names.get(organisation, name) if organisation else None,
        "subject": name_subject(dataset, fact.stored),
        "site_id": fact.site_id,
        "page_id": fact.page_id,
        "url": fact.url,
        "evidence_before": before.stored.get("evidence") if before else None,
        "evidence_after": after.stored.get("evidence") if after else None,
    }


def show_key(dataset: str, row: Row) -> str:
    """The key columns as a JSON object in their order."""
    return JSON.encode({column: row[column] for column in KEYS[dataset]})


def show_fact(row: Row, compared: Sequence[str]) -> str:
    """The compared columns of a fact and the names of its organisations as a JSON object; what is null is left out."""
    return JSON.encode({column: _plain(row[column]) for column in (*NAMES, *compared) if row.get(column) is not None})


def show_value(value: Any) -> str | None:
    """A value as text: dates in ISO 8601, lists as JSON, true or false, numbers as they are read: a share of 50 percent as 50."""
    plain = _plain(value)
    return plain if plain is None or isinstance(plain, str) else JSON.encode(plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
