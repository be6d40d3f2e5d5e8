"""What changed, for a person at a terminal: by site, its pages first, then what is stated of each organisation."""

from collections import Counter
from typing import Any

from review.between import Difference
from review.grouping import OrganisationChanges, SiteChanges, group_changes
from review.plain import fit_line
from samverkan.display import count, print_heading, print_line

Row = dict[str, Any]

SIGNS = {
    **dict.fromkeys(("added", "new"), ("+", "green")),
    **dict.fromkeys(("removed", "gone"), ("-", "red")),
    **dict.fromkeys(("changed", "renamed", "moved"), ("~", "yellow")),
}
"""change -> what its line begins with, and its colour"""
MOST_SENTENCES = 3
"""Of a page, that came, and that went, unless all are asked for."""
LONGEST_SENTENCE = 160
NO_SITE, NO_ORGANISATION = "pages of no known site", "the pages themselves"


def print_difference(difference: Difference, *, is_whole: bool) -> None:
    """Counts, then every change. `is_whole`: all sentences and addresses too, and what our code alone reads otherwise."""
    by_cause = {cause: [row for row in difference.changes if row["cause"] == cause] for cause in ("page", "reading")}
    print_line(f"{difference.run_id} compared with {difference.previous_run_id}", style="bold")
    print_line(tell_counts(difference))
    for site in group_changes(by_cause["page"], difference.page_changes):
        print_site(site, is_whole=is_whole)
    if not by_cause["reading"]:
        return
    if not is_whole:
        print_line()
        print_line(
            f"{count(len(by_cause['reading']), 'more change')} in how our code reads the same words; --verbose tells them.", style="dim"
        )
        return
    print_heading("Read otherwise by our code")
    for site in group_changes(by_cause["reading"], ()):
        print_site(site, is_whole=is_whole)


def tell_counts(difference: Difference) -> str:
    """ "pages: 1 changed, 1 moved; members: 2 added, 1 removed"; that nothing changed."""
    told = [("pages", row["change"]) for row in difference.page_changes]
    told += [(name_rows(row["dataset"]), row["change"]) for row in difference.changes if row["cause"] == "page"]
    counts: dict[str, Counter[str]] = {}
    for name, change in told:
        counts.setdefault(name, Counter())[change] += 1
    parts = (f"{name}: {', '.join(f'{n:,} {change}' for change, n in sorted(there.items()))}" for name, there in counts.items())
    return "; ".join(parts) or "Nothing changed."


def name_rows(dataset: str) -> str:
    """What its changes are counted as; of `pages` these are what pages say of themselves, their contents are counted as pages."""
    return "titles and dates of pages" if dataset == "pages" else dataset.replace("_", " ")


def print_site(site: SiteChanges, *, is_whole: bool) -> None:
    """The pages and the facts of one site."""
    print_heading(site.site_id or NO_SITE)
    for page in site.pages:
        print_page_change(page, is_whole=is_whole)
    for organisation in site.organisations:
        print_organisation(organisation, is_whole=is_whole)


def print_page_change(row: Any, *, is_whole: bool) -> None:
    """One page, and what it says and no longer says; a new one says all that it says."""
    sign, style = SIGNS[row["change"]]
    before = f" (before: {row['previous_url']})" if row["previous_url"] and row["previous_url"] != row["url"] else ""
    title = f"{fit_line(row['title'])} · " if row["title"] else ""
    print_line(f"  {sign} page {row['change']}: {title}{row['url']}{before}", style=style)
    if is_whole or row["change"] in ("changed", "moved"):
        print_sentences("-", row["removed"], style="red", is_whole=is_whole)
        print_sentences("+", row["added"], style="green", is_whole=is_whole)


def print_sentences(sign: str, sentences: str | None, *, style: str, is_whole: bool) -> None:
    """The first ones in brief, and how many there are besides; or all."""
    lines = (sentences or "").splitlines()
    shown = lines if is_whole else lines[:MOST_SENTENCES]
    for line in shown:
        print_line(f"      {sign} {fit_line(line, len(line) if is_whole else LONGEST_SENTENCE)}", style=style)
    if len(shown) < len(lines):
        print_line(f"      {sign} and {count(len(lines) - len(shown), 'more sentence')}", style=style)


def print_organisation(organisation: OrganisationChanges, *, is_whole: bool) -> None:
    """What changed of one organisation; with `is_whole` where it is stated, too."""
    print_line(f"  {organisation.name or organisation.organisation_id or NO_ORGANISATION}", style="bold")
    for told in organisation.told:
        sign, style = SIGNS[told.change]
        urls = dict.fromkeys(row["url"] for row in told.rows if row["url"]) if is_whole else ()
        print_line(f"    {sign} {told.words}{''.join(f' · {url}' for url in urls)}", style=style)
