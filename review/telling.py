"""A change in words: one plain English line for a row of `changes`."""

from collections.abc import Callable, Mapping
from typing import Any

from review.plain import fit_line, join_words
from review.subjects import name_subject
from review.values import read_values, show_label, show_list_change, show_period, show_phone, show_value

Row = Mapping[str, Any]

COLUMNS = {
    "published_on": "date of publication",
    "updated_on": "date of update",
    "organisation_number": "organisation number",
    "area_code": "area code",
    "other_names": "other names",
    "organisation_id": "organisation",
    "street_address": "address",
    "postal_code": "postal code",
    "locality": "postal town",
    "edtf": "date",
    "about": "subject",
}
"""What a column is called where its own name is no plain English."""

FLAGS = {
    "is_host": ("{} is now the host", "{} is no longer the host"),
    "is_registered": ("{} is now in the registry", "{} is no longer in the registry"),
    "is_collaboration": ("{} is now about collaboration", "{} is no longer about collaboration"),
    "contradicted": ("pages now disagree about {}", "pages no longer disagree about {}"),
}
"""How a column of yes and no is told: where it is yes now, and where it is not."""

ARRIVALS = {"contact": "a new contact of", "office": "new in office at", "mention": "named for the first time at"}
"""contacts.context -> how somebody is told of who was not there before"""
DEPARTURES = {"contact": "no longer a contact of", "office": "no longer in office at", "mention": "no longer named at"}

LONGEST = 400
"""Characters of a line; an address and the names in it are shorter."""


def describe_change(row: Row) -> str:
    """One line: "Ale kommun is a new member of Göteborgsregionen". What is missing in the row is left out.

    Besides its own columns a row may have the marks of `review.grouping.settle_changes`.
    """
    note = f" ({row['note']})" if row.get("note") else ""
    return fit_line(f"{_TELLERS[row['dataset']](row)}{note}", LONGEST)


def tell_organisation(row: Row) -> str:
    """ "SOLTAK AB (company) was not named before", "SKL is now called SKR"."""
    name = row.get("organisation_name") or row.get("subject") or row.get("organisation_id") or "an organisation"
    if row["change"] == "renamed":
        if row.get("column") == "organisation_id":
            return f"{name} now has the id {row.get('after')}, before {row.get('before')}"
        return f"{row.get('before') or name} is now called {row.get('after')}"
    kind = show_label("organisation_kind", read_values(row).get("kind"))
    qualified = f"{name} ({kind})" if kind else name
    return _tell(row, f"{qualified} was not named before", f"{qualified} is not named any more", name)


def tell_membership(row: Row) -> str:
    """ "Ale kommun is a new owner of Renova AB (25 %)", "the share of Ale kommun as owner of Renova AB is 25 %, was 20 %"."""
    values = read_values(row)
    member = row.get("subject") or values.get("member_name") or values.get("member_id") or "somebody"
    body, role = _name_body(row), show_label("member_role", values.get("role")) or "member"
    share = f"{values['share']:g} %" if isinstance(values.get("share"), int | float) else None
    notes = join_words(["the host" if values.get("is_host") is True else None, share, show_period(values)])
    if row.get("is_statement"):
        return f"a page {'now' if row['change'] == 'added' else 'no longer'} names {member} as {_with_article(role)} of {body}"
    added = f"{member} is a new {role} of {body}{f' ({notes})' if notes else ''}"
    return _tell(row, added, f"{member} is no longer {_with_article(role)} of {body}", f"{member} as {role} of {body}")


def tell_count(row: Row) -> str:
    """ "stated members of Göteborgsregionen: 13, was 12 (kommuner)"."""
    values = read_values(row)
    scope = show_label("count_scope", values.get("scope")) if values.get("scope") != "total" else None
    notes = join_words([row.get("subject") or values.get("unit"), scope], "; ")
    unit = f" ({notes})" if notes else ""
    return f"stated members of {_name_body(row)}: {_compare(row, 'count', values)}{unit}"


def tell_contact(row: Row) -> str:
    """ "Eva Ek (förbundsdirektör), +46 31 335 50 00, is a new contact of Göteborgsregionen"."""
    values = read_values(row)
    who = row.get("subject") or name_subject("contacts", values) or f"the {show_label('contact_kind', values.get('kind')) or 'contact'}"
    body, context = _name_body(row), str(values.get("context"))
    if row["change"] == "renamed":
        return f"{row.get('before') or who} is now called {row.get('after')} ({body})"
    reached = join_words([show_phone(values.get("phone")), values.get("email")])
    added = f"{who}{f', {reached},' if reached else ''} is {ARRIVALS.get(context, ARRIVALS['contact'])} {body}"
    return _tell(row, added, f"{who} is {DEPARTURES.get(context, DEPARTURES['contact'])} {body}", who)


def tell_date(row: Row) -> str:
    """ "Skolmatsakademin (founded): 2006, was 2005"."""
    values = read_values(row)
    what = row.get("subject") or name_subject("dates", values) or "a date"
    return _tell_column(row, what) if row.get("column") not in (None, "edtf") else f"{what}: {_compare(row, 'edtf', values)}"


def tell_page(row: Row) -> str:
    """ "the page Samverkan is now about collaboration", "the title of the page is Samarbeten, was Samverkan"."""
    page = f"the page {row['subject']}" if row.get("subject") and row.get("column") != "title" else "the page"
    return _tell(row, f"{page} was not known before", f"{page} is gone", page)


_TELLERS: Mapping[str, Callable[[Row], str]] = {
    "organisations": tell_organisation,
    "members": tell_membership,
    "relations": tell_membership,
    "member_counts": tell_count,
    "contacts": tell_contact,
    "dates": tell_date,
    "pages": tell_page,
}


def _tell(row: Row, added: str, removed: str, what: str) -> str:
    """The words for what came, for what went, or for the column of `what` that changed."""
    return {"added": added, "removed": removed}.get(row["change"]) or _tell_column(row, what)


def _tell_column(row: Row, what: str) -> str:
    """ "the phone of Eva Ek is +46 31 335 50 01, was +46 31 335 50 00"."""
    column = row.get("column") or "value"
    if column in FLAGS:
        return FLAGS[column][0 if row.get("after") == "true" else 1].format(what)
    subject = f"the {COLUMNS.get(column, column)} of {what}"
    if column == "other_names":
        return f"{subject}: {show_list_change(row.get('before'), row.get('after'))}"
    before, after = (show_value(row["dataset"], column, row.get(side)) for side in ("before", "after"))
    if before is None:
        return f"{subject} is {after}, not stated before"
    return f"{subject} is {after}, was {before}" if after is not None else f"{subject} is no longer stated, was {before}"


def _compare(row: Row, column: str, values: Mapping[str, Any]) -> str:
    """The one value that the fact is about, beside what it was: "13, was 12"."""
    if row["change"] == "added":
        return f"{values.get(column)}, not stated before"
    if row["change"] == "removed":
        return f"no longer stated, was {values.get(column)}"
    return f"{row.get('after')}, was {row.get('before')}"


def _name_body(row: Row) -> str:
    return row.get("organisation_name") or row.get("organisation_id") or "an unknown organisation"


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
