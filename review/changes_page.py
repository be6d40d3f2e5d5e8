"""`changes.html`: what changed between two runs, on one page that needs nothing but itself."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from review.counting import Counts, count_changes, tally_changes
from review.grouping import SiteChanges, group_changes
from review.markup import Element, Room, tag, write_html
from review.site_section import anchor_site, count_site, name_site, write_site
from review.telling import describe_change

Row = Mapping[str, Any]

ROOM = 2_000_000
"""Characters of HTML for the facts, and as many for the pages: with the rest the file stays below 5 MB, which a phone still opens."""
MOST_READINGS = 300
"""Of the facts that are only read otherwise, so many are told."""
CSS = files("review").joinpath("changes_page.css").read_text("utf-8")


def render_changes_page(
    changes: Sequence[Row], page_changes: Sequence[Row], *, run_id: str, previous_run_id: str | None, counts: Counts | None = None
) -> str:
    """The whole page. `counts`: of all changes (as in the manifest), where the rows given are not all of them."""
    stated = [row for row in changes if row["cause"] != "reading"]
    readings = [row for row in changes if row["cause"] == "reading"]
    sites, facts, pages = group_changes(stated, page_changes), Room(ROOM), Room(ROOM)
    body = tag(
        "body",
        write_header(run_id, previous_run_id, count_changes(tally_changes(stated, page_changes) if counts is None else counts)),
        write_contents(sites),
        [write_site(site, facts, pages) for site in sites],
        write_left_out(facts.left_out, pages.left_out),
        write_readings(readings),
        write_footer(),
    )
    return f"<!DOCTYPE html>\n{write_html(tag('html', write_head(f'Changes in {run_id}'), body, lang='en'))}\n"


def write_head(title: str) -> Element:
    """Title and style. Nothing else may be loaded or run, whatever a page brought in."""
    style = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", content=policy, **{"http-equiv": "Content-Security-Policy"}),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", CSS),
    )


def write_header(run_id: str, previous_run_id: str | None, counts: str) -> Element:
    """What was compared with what, and how much changed."""
    compared = (
        f"{run_id}, compared with {previous_run_id}" if previous_run_id else f"{run_id}, the first run: there is none to compare it with"
    )
    return tag("header", tag("p", compared, class_="dim"), tag("h1", "What changed"), tag("p", counts, class_="counts"))


def write_contents(sites: Sequence[SiteChanges]) -> Element | None:
    """The sites with how much changed there; None where one look is enough."""
    if len(sites) < 2:
        return None
    entries = [tag("li", tag("a", name_site(site), href=f"#{anchor_site(site)}"), f" {count_site(site)}") for site in sites]
    return tag("nav", tag("ul", entries))


def write_left_out(facts: int, pages: int) -> Element | None:
    """What did not fit."""
    if not facts and not pages:
        return None
    words = f"{facts:,} facts and {pages:,} pages are left out here, so that this page stays small."
    return tag("p", f"{words} They stand in changes.parquet and page_changes.parquet, and samverkan diff shows them.", class_="counts")


def write_readings(rows: Sequence[Row]) -> Element | None:
    """The facts that only our reading changed, folded: the world did not."""
    if not rows:
        return None
    lines = [tag("li", describe_change(row), class_=row["change"]) for row in rows[:MOST_READINGS]]
    more = tag("p", f"... and {len(rows) - MOST_READINGS:,} more") if len(rows) > MOST_READINGS else None
    summary = f"{len(rows):,} facts are read otherwise: the pages say the same, the program that reads them is another"
    return tag("details", tag("summary", summary), tag("ul", lines, class_="facts"), more)


def write_footer() -> Element:
    """How to get from here to what was there."""
    return tag(
        "footer",
        tag("p", "A page that could not be looked at has no entry here: not to have seen a fact is not to say that it is gone."),
        tag("p", "samverkan show URL tells all that the latest run knows of a page, and in which archive it lies."),
        tag("p", "An archive (.wacz) opens in any player of web archives, such as ReplayWeb.page; search it for the address of the page."),
    )
