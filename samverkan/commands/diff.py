"""`samverkan diff`: what changed between two runs, or since a day."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from samverkan.options import LIVE, Output, Quiet, Verbose
from schemas.errors import UsageError

if TYPE_CHECKING:
    from review.between import Difference

CHANGED = 1
"""The exit code of `--exit-code` where something changed."""


class Format(StrEnum):
    """How the changes are printed."""

    table = "table"
    json = "json"
    html = "html"


def diff(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN_A [RUN_B]]", help="Run ids; of one alone the run before it is the other.")
    ] = None,
    output: Output = LIVE,
    form: Annotated[Format, typer.Option("--format", help="For people, for programs, or as a web page.")] = Format.table,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="All that the runs of that day and later found: 2026-11-21.")] = None,
    site: Annotated[str | None, typer.Option(metavar="ID", help="Only what this site says.")] = None,
    organisation: Annotated[str | None, typer.Option(metavar="ID", help="Only what is said of this organisation: kommun:1462.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where something changed.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Tell what changed between two runs: pages, and facts. Without RUN: between the latest two that were published.

    What only our code reads otherwise is summed up in one line; --verbose tells it whole.
    """
    differences = find_differences(output.expanduser(), names or [], read_day(since) if since else None)
    differences = narrow(output.expanduser(), differences, site, organisation)
    {Format.table: print_table, Format.json: print_json, Format.html: print_html}[form](differences, since)
    if exit_code and not all(difference.is_empty for difference in differences):
        raise typer.Exit(CHANGED)


def read_day(text: str) -> date:
    """A calendar day. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--since is a day such as 2026-11-21, not {text!r}.") from error


def find_differences(output: Path, names: Sequence[str], since: date | None) -> list["Difference"]:
    """Of two runs, or of each run since a day. Raises UsageError."""
    from samverkan.comparing import compare_runs, list_differences
    from samverkan.run_choice import choose_runs, find_run

    if since and names:
        raise UsageError("Give either runs or --since.")
    if len(names) > 2:
        raise UsageError(f"Two runs are compared, not {len(names)}.")
    if since:
        return list_differences(output, find_run(output, "latest").kind, since)
    return [compare_runs(output, *choose_runs(output, names))]


def narrow(output: Path, differences: list["Difference"], site: str | None, organisation: str | None) -> list["Difference"]:
    """What is asked for of them. Raises UsageError where the site or the organisation is unknown."""
    from samverkan.diff_filter import check_names, keep_organisation, keep_site
    from schemas.output import latest_run, run_folder

    if not differences:
        return differences
    folder = run_folder(output, differences[-1].run_id)
    run = folder if folder.exists() else latest_run(output) or folder  # what was pruned has left its changes only
    naming = check_names(run, differences, site, organisation)
    if site:
        differences = [keep_site(difference, site) for difference in differences]
    if organisation:
        differences = [keep_organisation(difference, organisation, naming) for difference in differences]
    return differences


def print_table(differences: Sequence["Difference"], since: str | None) -> None:
    """For people; of several runs those in which something changed, newest last."""
    from samverkan.diff_view import print_difference
    from samverkan.display import count, print_line
    from samverkan.logs import is_verbose
    from samverkan.paging import paging

    with paging():
        if since:
            print_line(f"{count(len(differences), 'run')} since {since}.")
        told = [difference for difference in differences if not since or difference.changes or difference.page_changes]
        for difference in told:
            if since:
                print_line()
            print_difference(difference, is_whole=is_verbose())
        if not told:
            print_line("Nothing changed.")


def print_json(differences: Sequence["Difference"], since: str | None) -> None:
    """The rows with the columns of their datasets; since a day, those of all its runs together, each row with its `run_id`."""
    from samverkan import display

    changes, page_changes = join_rows(differences)
    if since:
        head: dict[str, object] = {"since": since, "runs": [difference.run_id for difference in differences]}
    else:
        head = {"run": differences[0].run_id, "previous_run": differences[0].previous_run_id}
    display.print_json({**head, "changes": changes, "page_changes": page_changes})


def print_html(differences: Sequence["Difference"], since: str | None) -> None:
    """One page that needs nothing but itself, as `changes.html` of a run; since a day, all that its runs found."""
    from review.changes_page import render_changes_page
    from samverkan.display import print_whole

    compared = (f"the runs since {since}", "what was known before") if since else (differences[0].run_id, differences[0].previous_run_id)
    changes, page_changes = join_rows(differences)
    print_whole(render_changes_page(changes, page_changes, run_id=compared[0], previous_run_id=compared[1]).rstrip())


def join_rows(differences: Sequence["Difference"]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `changes` and of `page_changes` of all of them."""
    changes = [row for difference in differences for row in difference.changes]
    return changes, [row for difference in differences for row in difference.page_changes]
