"""What a page says of itself: its canonical address, language, platform, and when it was published and updated.

The order of evidence for the two dates: a label with a date in the page's text ("Senast uppdaterad: 4 januari 2024"); a <time> or
microdata that names itself; <meta>; JSON-LD; for `published` at last a date alone beside the heading, for `updated` a label
in what the text leaves out. A label without a date leaves its
field null unless one of the others fills it. Dates in the URL stand apart: they never fill `published`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from parsers.dates.labels import PageDate, find_hidden_label, find_labelled_dates, find_lone_date
from parsers.dates.markup import FIELDS, find_json_ld, find_metas, find_time_elements, read_url_date
from parsers.page.document import Document
from parsers.page.language import read_language
from parsers.page.platform import read_platform
from schemas.facts import DatedFact, Evidence, Issue
from schemas.page import Page

# Addresses of start pages: a canonical link to one of these says nothing of the page ("https://kommun.se/start.html" on every page).
START_PAGES = frozenset((
    "/", "/index.html", "/index.htm", "/index.php", "/default.aspx", "/start", "/start.html", "/startsida", "/startsida.html",
    "/sv", "/sv/start",
))  # fmt: skip


@dataclass
class PageMetadata:
    """What a page says of itself; None where it does not."""

    canonical_link: str | None
    """An absolute URL on the page's host, not its start page."""
    language: str | None
    """BCP 47 without region: "sv"."""
    platform: str | None
    """ "sitevision", "episerver", "wordpress" ..."""
    published: DatedFact | None
    updated: DatedFact | None
    url_date: DatedFact | None
    """Of kind published, with the evidence source `url`."""
    issues: list[Issue] = field(default_factory=list)


def read_metadata(document: Document, page: Page) -> PageMetadata:
    """The metadata of a page, with an issue for each label without a date and each field that sources disagree about."""
    stated = [*find_page_dates(document)]
    if not any(s.field == "updated" and s.day for s in stated):
        stated += find_hidden_label(document)
    chosen = {name: choose_date([s for s in stated if s.field == name and s.day]) for name in FIELDS}
    url_date = read_url_date(page.url)
    return PageMetadata(
        canonical_link=read_canonical_link(document, page.url),
        language=read_language(document),
        platform=read_platform(document, page),
        published=to_fact(chosen["published"]),
        updated=to_fact(chosen["updated"]),
        url_date=to_fact(url_date),
        issues=[issue for name in FIELDS for issue in judge_dates(name, chosen[name], [s for s in stated if s.field == name])],
    )


def find_page_dates(document: Document) -> Iterator[PageDate]:
    """All that the page states of its own dates, in the order of evidence."""
    yield from find_labelled_dates(document)
    yield from find_time_elements(document)
    yield from find_metas(document)
    yield from find_json_ld(document)
    if lone := find_lone_date(document):
        yield lone


def choose_date(stated: list[PageDate]) -> PageDate | None:
    """The first statement; where the text states the same day, its words are the better evidence."""
    if not stated:
        return None
    return next((s for s in stated if s.day == stated[0].day and s.source == "text"), stated[0])


def judge_dates(name: str, chosen: PageDate | None, stated: list[PageDate]) -> Iterator[Issue]:
    """The issues of one field: a label without a date where nothing else tells it, sources that tell different days."""
    column = f"{name}_on"
    if chosen is None:
        for label in stated[:1]:
            message = f'The page labels a date "{label.text}" but shows none.'
            yield Issue("date_label_without_date", message, dataset="pages", field=column, value=label.text)
        return
    other = next((s for s in stated if s.day and s.day != chosen.day), None)
    if other:
        message = f"{chosen.method} says {chosen.day} and {other.method} says {other.day}; the first is taken."
        yield Issue("date_sources_differ", message, "info", dataset="pages", field=column, value=f"{chosen.text} | {other.text}")


def to_fact(stated: PageDate | None) -> DatedFact | None:
    """The dated fact of the page itself."""
    if stated is None or stated.day is None:
        return None
    evidence = Evidence(stated.text, stated.start, stated.end, stated.method, stated.confidence, stated.source)
    return DatedFact(None, stated.field, stated.day, None, evidence)


def read_canonical_link(document: Document, url: str) -> str | None:
    """The page's rel=canonical, where it is one absolute URL on the same host (www. apart) and not merely the start page."""
    links = {
        " ".join((element.get("href") or "").split())
        for element in document.elements("link")
        if "canonical" in (element.get("rel") or "").casefold().split()
    }
    if len(links) != 1:  # none, or a page that contradicts itself
        return None
    link = links.pop()
    target, own = split_url(link), split_url(url)
    if target is None or own is None or target.scheme not in ("http", "https") or bare_host(target) != bare_host(own):
        return None
    is_start = (target.path.rstrip("/").casefold() or "/") in START_PAGES and not target.query
    return None if is_start else link


def split_url(url: str) -> SplitResult | None:
    """The parts of a URL; None where it is none ("https://[x")."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname else None
    except ValueError:
        return None


def bare_host(url: SplitResult) -> str:
    """The host without case and "www."."""
    return (url.hostname or "").casefold().removeprefix("www.")
