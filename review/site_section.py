"""One site on `changes.html`: the facts by organisation, each with the words that state it, then the pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from review.counting import count_words
from review.grouping import OrganisationChanges, SiteChanges, ToldChange
from review.markup import Element, Room, link, tag
from review.page_article import write_article
from review.plain import fit_line, join_words

Row = Mapping[str, Any]

LONGEST_EVIDENCE = 300
"""Characters; a list of forty members is one piece of evidence."""
MOST_PLACES = 5
"""Pages that are named beside a fact which more of them state."""


def write_site(site: SiteChanges, facts: Room, pages: Room) -> Element:
    """The facts of a site by organisation, then its pages."""
    return tag(
        "section",
        tag("h2", name_site(site), id=anchor_site(site)),
        [part for group in site.organisations for part in write_organisation(group, facts)],
        pages.fit(write_article, site.pages),
    )


def write_organisation(group: OrganisationChanges, facts: Room) -> Iterator[Element]:
    """What changed of an organisation; nothing where none of it fits. Those that are merely named are folded."""
    lines = tag("ul", list(facts.fit(write_fact, group.told)), class_="facts")
    name = fit_line(group.name or group.organisation_id or "The pages themselves")
    if len(lines) and group.is_naming:
        yield tag("details", tag("summary", f"{name}: {count_words(len(group.told), 'organisation')}"), lines)
    elif len(lines):
        yield from (tag("h3", name), lines)


def write_fact(told: ToldChange) -> Element:
    """One line, the words that state it before and now, and the pages that do."""
    row = told.rows[0]
    evidence = [
        tag("span", f"{when}: ", tag("q", fit_line(words, LONGEST_EVIDENCE), lang="sv"), class_="evidence")
        for when, words in (("before", row["evidence_before"]), ("now", row["evidence_after"]))
        if words
    ]
    return tag("li", told.words, evidence, write_places(told.rows), class_=told.change)


def write_places(rows: Sequence[Row]) -> Element | None:
    """The pages that state it."""
    urls = list(dict.fromkeys(row["url"] for row in rows if row["url"]))
    if not urls:
        return None
    links = [part for url in urls[:MOST_PLACES] for part in (" · ", link(url, fit_line(url, 90)))][1:]
    more = f" and {len(urls) - MOST_PLACES:,} more pages" if len(urls) > MOST_PLACES else None
    return tag("span", links, more, class_="evidence")


def name_site(site: SiteChanges) -> str:
    """ "ale", of what belongs to no site in the list "Other pages"."""
    return site.site_id or "Other pages"


def anchor_site(site: SiteChanges) -> str:
    """Where the section of a site is found on the page."""
    return f"site-{site.site_id}" if site.site_id else "other"


def count_site(site: SiteChanges) -> str:
    """ "12 facts, 3 pages"."""
    facts, pages = sum(len(group.told) for group in site.organisations), len(site.pages)
    return join_words([count_words(facts, "fact") if facts else None, count_words(pages, "page") if pages else None])
