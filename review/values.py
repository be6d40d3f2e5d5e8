"""The values in a row of `changes`: read from its JSON and text, and shown as a person writes them."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import phonenumbers

from registry.registry import load_registry
from review.plain import join_words
from schemas.vocabularies import VOCABULARIES

Row = Mapping[str, Any]

LABELLED = {
    ("organisations", "kind"): "organisation_kind",
    ("members", "basis"): "member_basis",
    ("contacts", "kind"): "contact_kind",
    ("contacts", "context"): "contact_context",
}
"""(dataset, column) -> the vocabulary that its codes come from"""


def read_values(row: Row) -> dict[str, Any]:
    """What is known of the fact: the columns of its key and, where it came or went whole, its values."""
    values = read_object(row.get("key"))
    return values if row.get("column") else values | read_object(row.get("before" if row["change"] == "removed" else "after"))


def read_object(text: str | None) -> dict[str, Any]:
    """A JSON object; an empty one where the text is null or holds anything else."""
    with suppress(ValueError):
        value = json.loads(text or "")
        return value if isinstance(value, dict) else {}
    return {}


def read_list(text: str | None) -> list[str]:
    """A JSON list of strings; what is no list as the only element of one, null as none."""
    if text is None:
        return []
    with suppress(ValueError):
        value = json.loads(text)
        return [str(part) for part in value] if isinstance(value, list) else [text]
    return [text]


def show_value(dataset: str, column: str, value: str | None) -> str | None:
    """A value of a column in words: "+46 31 335 50 00", "25 %", "municipal association", "Ale kommun"; None for None."""
    if value is None:
        return None
    if column == "phone":
        return show_phone(value)
    if column == "share":
        return f"{value.removesuffix('.0')} %"
    if column == "organisation_id":
        return name_organisation(value)
    vocabulary = LABELLED.get((dataset, column))
    return show_label(vocabulary, value) if vocabulary else value


def show_phone(phone: object) -> str | None:
    """ "+46313355000" -> "+46 31 335 50 00"; a string that is no number stays as it is; None for anything else."""
    if not isinstance(phone, str):
        return None
    try:
        return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return phone


def show_label(vocabulary: str, code: object) -> str | None:
    """A code's English label as far as its colon: "implied"; the code itself where the vocabulary lacks it; None for None."""
    label = VOCABULARIES[vocabulary].labels.get(str(code))
    return label.en.partition(":")[0] if label else str(code) if code else None


def show_period(values: Mapping[str, Any]) -> str | None:
    """ "since 2022", "2022 to 2026", "until 2026"; None where neither is stated."""
    since, until = values.get("since"), values.get("until")
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else None


def show_list_change(before: str | None, after: str | None) -> str:
    """What two JSON lists do not share: "new: SKR; gone: SKL"."""
    old, new = read_list(before), read_list(after)
    came, went = [name for name in new if name not in old], [name for name in old if name not in new]
    return (
        join_words([f"new: {', '.join(came)}" if came else None, f"gone: {', '.join(went)}" if went else None], "; ") or "in another order"
    )


def name_organisation(organisation_id: str) -> str:
    """The registry's name for an id; the id itself where the registry does not know it: "org:soltak-ab"."""
    known = load_registry().organisations.get(organisation_id)
    return known.name if known else organisation_id
