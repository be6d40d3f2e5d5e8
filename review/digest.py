"""`digest.md`: what changed, fit for an e-mail; what could not be looked at; what the checks found odd."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from review.counting import Counts, count_changes, count_words, tally_changes
from review.grouping import OrganisationChanges, group_by_organisation, order_page, settle_changes
from review.markdown import WIDTH, escape_markdown, write_address, write_item
from review.plain import fit_line
from schemas.review import Finding
from schemas.vocabularies import VOCABULARIES

Row = Mapping[str, Any]

MOST_LINES = {"facts": 60, "pages": 32, "sites": 22, "findings": 10}
"""How long each part may be; with the headings no digest has more than 150 lines."""
MOST_OF_ONE = 12
"""Changes of one organisation; a new page of a body with fifty members is not all that happened."""
MOST_NAMES = 8
"""Organisations that are merely named are told by their names, and only so many."""
NOT_LOOKED = ("unreachable", "failed", "denied", "incomplete")
"""The outcomes of sites that were to be looked at and were not, or not wholly: the worst first."""


def render_digest(
    changes: Sequence[Row],
    page_changes: Sequence[Row],
    *,
    run_id: str,
    previous_run_id: str | None,
    coverage: Sequence[Row] = (),
    findings: Sequence[Finding] = (),
    counts: Counts | None = None,
) -> str:
    """The digest as Markdown. `counts`: of all changes, where the rows given are not all of them."""
    stated = [row for row in changes if row["cause"] != "reading"]
    words = count_changes(tally_changes(stated, page_changes) if counts is None else counts)
    parts = [
        [f"# Changes in {escape_markdown(run_id)}", "", *tell_outcome(words, previous_run_id)],
        write_part("Checks", tell_findings(findings), MOST_LINES["findings"]),
        write_part("Facts", tell_facts(stated, page_changes), MOST_LINES["facts"]),
        write_part("Pages", tell_pages(page_changes), MOST_LINES["pages"]),
        write_part("Not looked at", tell_sites(coverage), MOST_LINES["sites"]),
    ]
    readings = len(changes) - len(stated)
    note = (
        write_item(f"Not told here: {count_words(readings, 'fact')} that only a changed program reads otherwise.", "") if readings else []
    )
    return "\n".join([*(line for part in parts for line in part), *(["", *note] if note else [])]) + "\n"


def tell_outcome(words: str, previous_run_id: str | None) -> list[str]:
    """One sentence: how much changed since when."""
    if previous_run_id is None:
        return ["This is the first run: there is nothing to compare it with."]
    if words == "no changes":
        return write_item(f"Nothing changed since {previous_run_id}.", "")
    return write_item(f"Since {previous_run_id}: {words}.", "")


def write_part(title: str, items: Iterator[list[str]], most: int) -> list[str]:
    """A heading and as many of the items as fit; nothing where there are none."""
    lines: list[str] = []
    left_out = 0
    for item in items:
        if left_out or len(lines) + len(item) > most:
            left_out += 1
        else:
            lines += item
    if left_out:
        lines.append(f"- ... and {left_out:,} more")
    return ["", f"## {title}", *([] if lines[0] == "" else [""]), *lines] if lines else []


def tell_findings(findings: Sequence[Finding]) -> Iterator[list[str]]:
    """What the checks found; what holds the run back first."""
    for finding in sorted(findings, key=lambda finding: finding.severity != "hold"):
        yield write_item(f"{'Held back' if finding.severity == 'hold' else 'Look at this'}: {finding.message}")


def tell_facts(changes: Sequence[Row], page_changes: Sequence[Row]) -> Iterator[list[str]]:
    """The changes of facts, under the name of the organisation that they are about."""
    for group in group_by_organisation(list(settle_changes(changes, page_changes))):
        heading = ["", f"### {escape_markdown(group.name or group.organisation_id or 'The pages themselves', WIDTH)}", ""]
        rest = len(group.told) - MOST_OF_ONE
        words = [told.words for told in group.told[:MOST_OF_ONE]] + ([f"... and {rest:,} more"] if rest > 0 else [])
        for line in tell_namings(group) if group.is_naming else words:
            yield [*heading, *write_item(line)]
            heading = []


def tell_namings(group: OrganisationChanges) -> Iterator[str]:
    """ "34 for the first time: Ale kommun, ... and 24 more"."""
    for change, words in (("added", "for the first time"), ("removed", "no more")):
        names = [told.rows[0]["organisation_name"] or told.rows[0]["organisation_id"] for told in group.told if told.change == change]
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        if names:
            yield f"{len(names):,} {words}: {', '.join(fit_line(name, 50) for name in names[:MOST_NAMES])}{more}"


def tell_pages(page_changes: Sequence[Row]) -> Iterator[list[str]]:
    """The pages that changed, with their addresses."""
    for row in sorted(page_changes, key=order_page):
        yield [*write_item(f"{row['change']}: {row['title'] or 'a page without a title'}"), f"  {write_address(row['url'])}"]


def tell_sites(coverage: Sequence[Row]) -> Iterator[list[str]]:
    """The sites that could not be looked at, and since when."""
    failing = [row for row in coverage if row["outcome"] in NOT_LOOKED]
    for row in sorted(failing, key=lambda row: (NOT_LOOKED.index(row["outcome"]), row["site_id"])):
        label = VOCABULARIES["site_outcome"].labels[row["outcome"]].en
        yield write_item(f"{row['site_id']}: {label}; {tell_last_success(row['last_success_at'])}")


def tell_last_success(moment: datetime | None) -> str:
    """When a page last came."""
    return f"a page last came on {moment:%Y-%m-%d}" if moment else "no page ever came"
