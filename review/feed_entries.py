"""The entries of a feed: one for each page that changed in a run, and one for each organisation whose other facts did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from review.atom import Entry
from review.counting import count_changes, tally_changes
from review.grouping import settle_changes, split_by, tell
from review.markup import Element, link, tag
from review.plain import fit_line, join_words

Row = Mapping[str, Any]
Run = tuple[datetime, str]
"""When a run began, and its id."""

AUTHORITY = "tag:samverkan,2026:"
"""What all ids of feeds and entries begin with."""
HAPPENINGS = {"changed": "text changed", "moved": "moved", "new": "new page", "gone": "gone"}
MOST_SENTENCES = 30
MOST_FACTS = 100
"""Of one page or organisation; a reader shows entries in a narrow column."""


def make_entries(changes: Iterable[Row], page_changes: Iterable[Row], about: str = "") -> Iterator[Entry]:
    """The entries of these rows of the log, the newest run first. What only our reading changed has none, nor has another date of a page.

    `about`: the organisation that they were chosen for; the entries of its feed have ids of their own, since they tell less.
    """
    facts = _split_by_run(row for row in changes if row["cause"] != "reading")
    pages = _split_by_run(page_changes)
    for run in sorted(facts.keys() | pages.keys(), reverse=True):
        yield from make_run_entries(run, facts.get(run, []), pages.get(run, []), about)


def make_run_entries(run: Run, changes: Sequence[Row], page_changes: Sequence[Row], about: str) -> Iterator[Entry]:
    """The pages of a run by address, then the organisations whose facts changed on no changed page."""
    by_page = split_by(settle_changes(changes, page_changes), "page_id")
    for row in sorted(page_changes, key=lambda row: (row["url"], row["page_id"])):
        yield make_page_entry(run, row, by_page.pop(row["page_id"], []), about)
    others = split_by((row for rows in by_page.values() for row in rows), "organisation_id")
    for organisation_id in sorted(filter(None, others)):
        yield make_organisation_entry(run, organisation_id, others[organisation_id], about)


def make_page_entry(run: Run, row: Row, changes: Sequence[Row], about: str) -> Entry:
    """ "Samverkan i Göteborgsregionen: 2 members added"."""
    happened = HAPPENINGS[row["change"]] if row["change"] != "changed" or not changes else None
    title = f"{fit_line(row['title'] or row['url'], 100)}: {join_words([happened, count_facts(changes)])}"
    moved = tag("p", "It stood at ", link(row["previous_url"], row["previous_url"])) if row["change"] == "moved" else None
    texts = [part for name in ("added", "removed") for part in write_text(name, row[name])]
    content = tag("div", tag("p", link(row["url"], row["url"])), moved, write_facts(changes), texts)
    return Entry(name_entry(run, row["page_id"], about), title, run[0], content, row["url"])


def make_organisation_entry(run: Run, organisation_id: str, changes: Sequence[Row], about: str) -> Entry:
    """ "Göteborgsregionen: 1 member added"."""
    name = next((row["organisation_name"] for row in changes if row["organisation_name"]), organisation_id)
    urls = sorted({row["url"] for row in changes if row["url"]})
    places = [tag("p", link(url, url)) for url in urls[:MOST_FACTS]]
    title = f"{fit_line(name, 100)}: {count_facts(changes)}"
    return Entry(name_entry(run, organisation_id, about), title, run[0], tag("div", write_facts(changes), places), next(iter(urls), None))


def name_entry(run: Run, subject: str, about: str) -> str:
    """ "tag:samverkan,2026:20261121T040000Z/0123456789abcdef"."""
    return f"{AUTHORITY}{run[1]}/{subject}{f'?for={about}' if about else ''}"


def count_facts(changes: Sequence[Row]) -> str | None:
    """ "2 members added"; None where no fact changed. What a page states of a membership is one here, whoever else states it."""
    stated = [{**row, "dataset": "relations" if row["dataset"] == "members" else row["dataset"]} for row in changes]
    return count_changes(tally_changes(stated)) if changes else None


def write_facts(changes: Sequence[Row]) -> Element | None:
    """The facts in words."""
    told = tell(changes)
    rest = len(told) - MOST_FACTS
    more = tag("li", f"... and {rest:,} more") if rest > 0 else None
    return tag("ul", [tag("li", line.words) for line in told[:MOST_FACTS]], more) if told else None


def write_text(name: str, text: str | None) -> Iterator[Element]:
    """The sentences that a page added or removed, below that word."""
    if text:
        sentences = text.split("\n")
        more = f"... and {len(sentences) - MOST_SENTENCES:,} more" if len(sentences) > MOST_SENTENCES else None
        yield tag("p", f"{name.capitalize()}:")
        lines = [tag("p", fit_line(sentence, 500)) for sentence in sentences[:MOST_SENTENCES]]
        yield tag("blockquote", lines, tag("p", more) if more else None)


def _split_by_run(rows: Iterable[Row]) -> dict[Run, list[Row]]:
    groups: dict[Run, list[Row]] = {}
    for row in rows:
        groups.setdefault((row["run_started_at"], row["run_id"]), []).append(row)
    return groups
