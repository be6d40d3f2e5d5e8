"""An organisation's facts over time in words for a person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from review.past import Past
from review.values import show_label
from samverkan.display import count, print_heading, print_line, print_table
from samverkan.page_view import join, show_period, tell_date, tell_reach
from schemas.values.timestamps import stockholm_date

Row = Mapping[str, Any]
Section = tuple[str, str, Sequence[Row]]
"""What its facts are, one of them, and their versions."""


def print_past(past: Past) -> None:
    """Every version with the days from which and until which it stood."""
    print_title(past)
    for heading, _, rows in list_sections(past):
        if rows:
            print_heading(heading)
            cells = [(show_day(row["valid_from"]), show_day(row["valid_to"]), tell_status(row), tell_version(row, past)) for row in rows]
            print_table(("from", "until", "status", "what"), fold_pages(cells))


def print_past_as_of(past: Past, day: str) -> None:
    """What stood at the end of a day, and since when."""
    print_title(past)
    cells = [(kind, show_day(row["valid_from"]), tell_version(row, past)) for _, kind, rows in list_sections(past) for row in rows]
    print_heading(f"{count(len(cells), 'fact')} as of {day}")
    if cells:
        print_table(("kind", "from", "what"), fold_pages(cells))


def fold_pages(cells: Iterable[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Each line once, with the number of pages that state it: a switchboard stands on all pages of a site."""
    counted = Counter(cells)
    return [(*rest, f"{what} [{count(pages, 'page')}]" if pages > 1 else what) for (*rest, what), pages in counted.items()]


def print_title(past: Past) -> None:
    """Who it is, under which ids, and since when it is known."""
    print_line(f"{past.name} ({past.organisation_id})", style="bold")
    print_line(f"known since: {show_day(past.known_since)}")
    if past.earlier_ids:
        print_line(f"before: {', '.join(past.earlier_ids)}")
    if past.later_id:
        print_line(f"now: {past.later_id}")


def list_sections(past: Past) -> Iterator[Section]:
    """The facts by what they tell of it."""
    relations = past.versions["relations"]
    yield "What it is", "organisation", past.versions["organisations"]
    yield "Members", "member", [row for row in relations if row["organisation_id"] in past.ids]
    yield "Member of", "member of", [row for row in relations if row["organisation_id"] not in past.ids]
    yield "Stated counts", "count", past.versions["member_counts"]
    yield "Contacts", "contact", past.versions["contacts"]
    yield "Dates", "date", past.versions["dates"]


def tell_status(row: Row) -> str:
    """present, gone, or of what was not seen in the newest run when it last was: "unobserved, last seen 2026-11-20"."""
    return f"unobserved, last seen {show_day(row['last_seen'])}" if row["status"] == "unobserved" else str(row["status"])


def tell_version(row: Row, past: Past) -> str:
    """A fact in a line: "Ale kommun (member, since 2019)", "13 kommuner (total)", "founded 2006: Skolmatsakademin"."""
    if "other_names" in row:
        return tell_organisation(row)
    if "member_id" in row:
        other = row["member_name"] if row["organisation_id"] in past.ids else row["organisation_name"]
        return f"{other} ({join([row['role'], show_period(row), 'contradicted' if row['contradicted'] else None])})"
    if "unit" in row and "scope" in row:
        return f"{row['count']} {row['unit']} ({row['scope']})"
    return f"{tell_reach(row)} ({row['kind']}, {row['context']})" if "contact_id" in row else tell_date(row)


def tell_organisation(row: Row) -> str:
    """ "Renova AB (company, 556108-3337, https://renova.se), also Renova"."""
    notes = join([show_label("organisation_kind", row["kind"]), row["organisation_number"], row["area_code"], row["website"]])
    others = f", also {', '.join(row['other_names'])}" if row["other_names"] else ""
    return f"{row['name']} ({notes}){others}"


def show_day(moment: datetime | None) -> str | None:
    """The calendar date in Stockholm; None for None."""
    return stockholm_date(moment).isoformat() if moment else None
