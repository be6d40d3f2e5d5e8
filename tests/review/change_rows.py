"""Rows of `changes` and `page_changes` as a test wants them: the rest is null, as the schema has it."""

import json
from typing import Any

from schemas.datasets import DATASETS

Row = dict[str, Any]
GR = {"organisation_id": "orgnr:222000-0265", "organisation_name": "Göteborgsregionen"}
PAGE = {"page_id": "0123456789abcdef", "url": "https://www.goteborgsregionen.se/medlemmar", "site_id": "goteborgsregionen"}
RUNS = {"previous_run_id": "20261120T040000Z", "run_id": "20261121T040000Z"}
ALE = {"page_id": PAGE["page_id"], "organisation_id": GR["organisation_id"], "member_id": "kommun:1440", "role": "member"}


def make_change(dataset: str, change: str, **values: Any) -> Row:
    """A row of `changes` about Göteborgsregionen, on its page; dicts and lists become JSON."""
    known = dict.fromkeys(DATASETS["changes"].columns()) | GR | PAGE | RUNS | {"cause": "page", "key": "{}"}
    given = {name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value for name, value in values.items()}
    return known | {"dataset": dataset, "change": change} | given


def make_page_change(change: str, **values: Any) -> Row:
    """A row of `page_changes` of Göteborgsregionen's page of members."""
    known = dict.fromkeys(DATASETS["page_changes"].columns()) | PAGE | RUNS | {"title": "Medlemskommuner", "facts_changed": 0}
    return known | {"change": change} | values


def make_membership(change: str, member: str = "Ale kommun", **values: Any) -> list[Row]:
    """A member that came or went: what a page states, and what follows for the relation."""
    relation = {name: value for name, value in ALE.items() if name != "page_id"}
    return [
        make_change("members", change, key=ALE, subject=member, **values),
        make_change("relations", change, key=relation, subject=member),
    ]
