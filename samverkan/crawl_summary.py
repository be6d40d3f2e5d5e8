"""What an operator wants to know of a crawl that has ended: what it cost, what came of it, which sites were slow, what needs a person."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from samverkan.attention import Concern, find_lost_sites, list_concerns
from samverkan.display import count, first, name_command, print_heading, print_line, print_table, show_bytes, show_duration, show_path
from schemas.datasets import FACTS
from schemas.manifest import Manifest
from schemas.review import Finding
from schemas.tables import read_rows

Row = Mapping[str, Any]

SEVERITIES = {"error": "kept out", "warning": "kept, doubtful", "info": "told"}
MOST_CODES = 4
MOST_SLOW = 3
FEWEST_TO_RANK = 5
"""Of fewer sites the slowest is no news."""
MOST_CONCERNS = 6
MOST_SITES = 3


def tell_crawl(manifest: Manifest, output: Path) -> None:
    """Prints what a published crawl did beyond its sites and pages."""
    folder = output / "runs" / manifest.run_id
    coverage = read_rows(folder / "coverage.parquet")
    for line in describe_cost(manifest, coverage):
        print_line(line)
    print_line()
    print_line(describe_facts(manifest))
    tell_issue_counts(manifest.issues)
    tell_slowest(coverage)
    lost = find_lost_sites(folder, output / "runs" / manifest.previous_run_id) if manifest.previous_run_id else ()
    tell_concerns(list_concerns(coverage, lost), manifest.checks, output)


def describe_cost(manifest: Manifest, coverage: Sequence[Row]) -> Iterator[str]:
    """What became of the pages, then what was asked and came for them."""
    fetched, unchanged = (sum(row[column] for row in coverage) for column in ("pages_fetched", "pages_unchanged"))
    balance = manifest.datasets["pages"].balance
    carried = max(0, balance.carried_over - unchanged) if balance else 0
    share = unchanged / (fetched + unchanged or 1)
    parts = [f"{fetched:,} fetched", unchanged and f"{unchanged:,} unchanged ({share:.0%})", carried and f"{carried:,} carried over unseen"]
    yield ", ".join(part for part in parts if part)
    if manifest.requests:
        each = manifest.requests_per_found_page
        found = f", {each:,.1f} for each page about collaboration found" if each is not None else ""
        yield f"{count(manifest.requests, 'request')}{found}; {show_bytes(manifest.bytes_received or 0)} received"


def describe_facts(manifest: Manifest) -> str:
    """ "588 facts: 299 members, 22 member_counts, 160 contacts, 107 dates; 204 organisations, 279 relations" """
    rows = manifest.rows
    facts, views = (", ".join(f"{rows[name]:,} {name}" for name in names) for names in (FACTS, ("organisations", "relations")))
    return f"{count(manifest.facts or 0, 'fact')}: {facts}; {views}"


def tell_issue_counts(issues: Mapping[str, Mapping[str, int]]) -> None:
    """A line for each severity: how many issues, and the most frequent codes."""
    print_line(count(sum(sum(codes.values()) for codes in issues.values()), "issue"))
    for severity, meaning in SEVERITIES.items():
        if codes := sorted(issues.get(severity, {}).items(), key=lambda item: -item[1]):
            names = first((f"{code} {number:,}" for code, number in codes), MOST_CODES)
            print_line(f"  {sum(number for _, number in codes):>4}  {meaning}: {names}")


def tell_slowest(coverage: Sequence[Row]) -> None:
    """The sites that took longest, where there are enough to compare."""
    timed = sorted((row for row in coverage if row["seconds"]), key=lambda row: -row["seconds"])
    if len(timed) < FEWEST_TO_RANK:
        return
    print_heading("Slowest sites")
    rows = [
        (row["site_id"], show_duration(row["seconds"]), row["requests"], row["pages_fetched"] + row["pages_unchanged"])
        for row in timed[:MOST_SLOW]
    ]
    print_table(("site", "took", "requests", "pages"), rows)


def tell_concerns(concerns: Sequence[Concern], findings: Sequence[Finding], output: Path) -> None:
    """What needs a person: what the checks warn of, then sites; nothing where all is well."""
    warnings = [finding.message for finding in findings if finding.severity == "warn"]
    if concerns or warnings:
        print_heading("What needs a person")
    for message in warnings[:MOST_CONCERNS]:
        print_line(f"  {message}")
    if len(warnings) > MOST_CONCERNS:
        print_line(f"  {len(warnings) - MOST_CONCERNS} more warnings stand in manifest.json")
    if concerns:
        tell_site_concerns(concerns, output)


def tell_site_concerns(concerns: Sequence[Concern], output: Path) -> None:
    """What is the matter with sites, and where to see all of it."""
    for concern in concerns[:MOST_CONCERNS]:
        print_line(f"  {len(concern.sites):>4}  {concern.what}: {first(concern.sites, MOST_SITES)}")
    if others := concerns[MOST_CONCERNS:]:
        print_line(f"  {sum(len(concern.sites) for concern in others):>4}  for {len(others)} other reasons")
    print_line(f"  All of them: {name_command('sites', '--output', show_path(output))}", style="dim")
