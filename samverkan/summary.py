"""What a run tells when it has ended: sites, pages, facts, issues, how long, where the files are, what to try next."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from review.counting import count_changes
from samverkan.crawl_summary import SEVERITIES, tell_concerns, tell_crawl
from samverkan.display import count, first, name_command, print_heading, print_line, print_table, print_whole, show_duration, show_path
from samverkan.logs import is_quiet
from schemas.manifest import Manifest
from schemas.tables import read_rows
from schemas.vocabularies import ISSUE_CODES, VOCABULARIES

KINDS_OF_FACTS = {
    "organisations": "who is named or implied",
    "mentions": "where on a page each is named",
    "members": "who is member, owner, partner or financier of what",
    "relations": "the same, once for all pages that state it",
    "member_counts": 'stated numbers, such as "13 kommuner"',
    "contacts": "persons, functions, switchboards and offices",
    "dates": "published, updated, founded, valid, deadlines",
}
"""What each dataset of facts holds, in a few words."""
MOST_SITES = 4
MOST_MEMBERS = 5
MOST_STEPS = {"crawl": 2, "demo": 4, "extract": 4}
"""An operator has more to read above them than a newcomer."""


def tell_run(manifest: Manifest, output: Path) -> None:
    """Prints the summary of a published run."""
    if is_quiet():
        return
    folder = output / "runs" / manifest.run_id
    pages = read_rows(folder / "pages.parquet", ("page_id", "url", "is_collaboration"))
    print_line(f"Run {manifest.run_id} is published: {show_duration(manifest.duration)}.", style="bold green")
    print_line()
    tell_sites(manifest.sites)
    about = sum(1 for page in pages if page["is_collaboration"])
    print_line(f"{count(len(pages), 'page')}, {about:,} of them about collaboration")
    tell_changes(manifest)
    url, example = find_example(folder, pages)
    if manifest.kind == "crawl":
        tell_crawl(manifest, output)
    else:
        tell_facts(manifest, url, example)
        tell_concerns((), manifest.checks, output)
    tell_places(manifest, folder)
    if manifest.previous_run_id is None:  # whoever had a run before knows the way
        tell_next_steps(output, url, MOST_STEPS[manifest.kind])


def tell_changes(manifest: Manifest) -> None:
    """ "Changes since 20261121T040000Z: 3 members added, 1 contact changed, 2 pages changed"; nothing of a first run."""
    if manifest.previous_run_id:
        print_line(f"Changes since {manifest.previous_run_id}: {count_changes(manifest.changes)}")


def tell_facts(manifest: Manifest, url: str, example: str) -> None:
    """What was read, for somebody who sees it for the first time."""
    print_line()
    print_table(("facts", "rows", "what they tell"), [(name, manifest.rows[name], words) for name, words in KINDS_OF_FACTS.items()])
    print_line()
    tell_issues(manifest.issues)
    if example:
        print_heading("For example")
        print_line(f"  {example}")
        print_whole(f"  says {url}")


def tell_sites(outcomes: Mapping[str, str]) -> None:
    """How the sites fared that the run came to."""
    visited = {site: outcome for site, outcome in outcomes.items() if outcome != "not_visited"}
    labels = VOCABULARIES["site_outcome"].labels
    print_line(count(len(visited), "site"))
    for outcome, number in Counter(visited.values()).most_common():
        names = first((site for site, there in visited.items() if there == outcome), MOST_SITES)
        print_line(f"  {number:>4}  {labels[outcome].en}: {names}")


def tell_issues(issues: Mapping[str, Mapping[str, int]]) -> None:
    """How many issues of each severity, and what the most frequent are."""
    if not issues:
        print_line("No issues.")
        return
    print_line(count(sum(sum(codes.values()) for codes in issues.values()), "issue"))
    rows = [
        (number, meaning, code, ISSUE_CODES.get(code, ""))
        for severity, meaning in SEVERITIES.items()
        for code, number in sorted(issues.get(severity, {}).items(), key=lambda item: -item[1])
    ]
    print_table(("issues", "record", "code", "what it tells"), rows)


def find_example(folder: Path, pages: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The page that names the most members of one body, and what it says; the first page and "" where none names any."""
    columns = ("page_id", "organisation_name", "role", "member_name", "basis")
    members = [row for row in read_rows(folder / "members.parquet", columns) if row["basis"] == "named"]
    statements = Counter((row["page_id"], row["organisation_name"], row["role"]) for row in members)
    if not statements:
        return pages[0]["url"], ""
    page_id, body, role = max(statements, key=lambda statement: statements[statement])
    names = [row["member_name"] for row in members if (row["page_id"], row["organisation_name"], row["role"]) == (page_id, body, role)]
    words = count(len(names), VOCABULARIES["member_role"].labels[role].en)
    return next(page["url"] for page in pages if page["page_id"] == page_id), f"{body} has {words}: {first(names, MOST_MEMBERS)}"


def tell_places(manifest: Manifest, folder: Path) -> None:
    """Where the files are."""
    print_heading("Files")
    print_line(f"  {show_path(folder)}/  {len(manifest.datasets)} datasets (.parquet), manifest.json, datapackage.json")
    for name in manifest.files:
        if name.startswith("archive/"):
            print_line(f"  {show_path(folder.parents[1] / name)}  every response as received")


def tell_next_steps(output: Path, url: str, most: int) -> None:
    """Commands that work as they stand."""
    print_heading("Try next")
    for command, words in islice(list_next_steps(output, url), most):
        print_whole(f"  {command}")
        print_line(f"      {words}", style="dim")


def list_next_steps(output: Path, url: str) -> Iterator[tuple[str, str]]:
    """Command lines and what they do."""
    where = ["--output", show_path(output)]
    yield name_command("show", url, *where), "one page with its facts and the words that state each"
    yield name_command("runs", *where), "all runs of this folder"
    yield name_command("schema", "members"), "what each column means"
    path = show_path(output / "latest" / "members.parquet")
    code = f"import pandas as pd; print(pd.read_parquet('{path}').filter(like='name'))"
    yield f'{show_path(Path(sys.executable))} -c "{code}"', "the members in pandas"
