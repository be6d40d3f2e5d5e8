"""What a page's rows say of persons, masked at equal length: in the text, and so in all that was read there; contacts emptied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.keys import Row
from schemas.datasets import DATASETS, PERSONAL
from schemas.masking import Span, cut_spans, mask_spans, merge_spans
from schemas.persons import Persons, describe_persons, find_parts, split_words

PRIVATE = ("person", "phone", "email", "street_address", "postal_code", "locality")
"""What a contact says of a person; role, unit and organisation are those of the office."""
WHOLE = ("phone", "email", "postal_code")
"""Columns whose value would be none any more if a letter of it were masked."""
ALSO: Mapping[str, tuple[str, ...]] = {"mentions": ("text",), "issues": ("message",), "coverage": ("first_error",)}
"""Columns that hold no person's data unless a person is named where none is expected."""
MASKED = {
    dataset: tuple(column for column in DATASETS[dataset].columns() if column in PERSONAL[dataset] | {*ALSO.get(dataset, ())})
    for dataset in DATASETS
}
"""dataset -> the columns that are masked."""


@dataclass(frozen=True, slots=True)
class PageMask:
    """What is masked in the rows of a page."""

    persons: tuple[Persons, ...] = ()
    spans: Sequence[Span] | None = ()
    """Where in the page's text; None where that is not at hand."""

    def apply(self, text: str) -> str:
        """A text that is no part of the page's text, masked."""
        for persons in self.persons:
            text = persons.mask(text)
        return text


def make_mask(text: str | None, persons: Persons, hidden: Iterable[Row], shown: Iterable[Row]) -> PageMask:
    """The mask of a page with this text. `hidden`, `shown`: its contacts of whom nothing, or all, may be read.

    Of the hidden ones all is masked that stands on the page, but for what the others say too: the switchboard stays.
    """
    hidden = list(hidden)
    everybody = (persons, describe_contacts(hidden) - without_names(describe_contacts(shown)))
    spans = [span for some in everybody for span in some.find(text or "")]
    for row in hidden:
        if row["text_start"] is not None and text:
            spans += [(row["text_start"] + start, row["text_start"] + end) for start, end in find_own_parts(row)]
    return PageMask(tuple(filter(None, everybody)), merge_spans(spans))


def mask_row(dataset: str, row: Row, mask: PageMask) -> Row:
    """A row of a page, masked; the row itself where it says nothing of whom the mask hides."""
    masked = {column: mask_value(dataset, column, row, mask) for column in MASKED[dataset] if row.get(column) is not None}
    changed = {column: value for column, value in masked.items() if value != row[column]}
    return row | changed if changed else row


def mask_value(dataset: str, column: str, row: Row, mask: PageMask) -> str | None:
    """One value of a row: what is a part of the page's text as the text is, all else by what it says itself."""
    value: str = row[column]
    if mask.spans is not None and dataset == "pages" and column == "text":
        return mask_spans(value, mask.spans)
    if mask.spans is not None and column in ("evidence", "text") and row.get("text_start") is not None:
        return mask_spans(value, cut_spans(mask.spans, row["text_start"], row["text_end"]))
    masked = mask.apply(value)
    return None if column in WHOLE and masked != value else masked


def empty_contact(row: Row, *, is_in_text: bool) -> Row:
    """A contact without its person. Parts of the name in its evidence are masked too, unless the mask of the page's text does so."""
    is_masked = is_in_text and row["text_start"] is not None
    evidence = row["evidence"] if is_masked else mask_spans(row["evidence"], find_own_parts(row))
    return row | dict.fromkeys(PRIVATE) | {"evidence": evidence}


def find_own_parts(row: Row) -> list[Span]:
    """Where a contact's evidence says parts of its person's name, a phone or an e-mail."""
    return find_parts(row["evidence"], split_words(row["person"] or ""))


def describe_contacts(rows: Iterable[Row]) -> Persons:
    """What some contacts, or what is known of their columns, say of persons."""
    rows = list(rows)
    places = [f"{row['postal_code']} {row.get('locality') or ''}" for row in rows if row.get("postal_code")]
    streets = [street for row in rows for street in (row.get("street_address") or "").split("; ")]
    names, phones, emails = ([row.get(column) for row in rows] for column in ("person", "phone", "email"))
    return describe_persons(names, phones, emails, [*streets, *places])


def without_names(persons: Persons) -> Persons:
    """What persons share with others: phones, e-mails, addresses."""
    return Persons(addresses=persons.addresses, phones=persons.phones, emails=persons.emails)


def is_listed(row: Row, listed: Persons) -> bool:
    """Whether a contact is one of the listed persons."""
    return row["phone"] in listed.phones or listed.is_in(row["person"]) or listed.is_in(row["email"]) if listed else False
