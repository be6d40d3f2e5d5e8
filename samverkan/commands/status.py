"""`samverkan status`: one screen of what an operator wants to know."""

import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, AsJson, Output, Quiet, Verbose

if TYPE_CHECKING:
    from samverkan.site_history import SiteTrouble, UnseenSite
    from samverkan.status import Status
    from schemas.manifest import Manifest

MOST_RUNS = 5
MOST_TROUBLES = 12
MOST_UNSEEN = 6
WIDEST_SITE = 22
WIDEST_ERROR = 26
"""Characters; together with the other columns a row fits a terminal of 100."""
# "https://ale.se/: " before what went wrong there
ADDRESS = re.compile(r"^https?://\S+: ")
RUN_HEAD = ("run", "began", "kind", "status", "pages", "facts", "exit", "took")
TROUBLE_HEAD = ("site", "outcome", "since", "runs", "last seen", "what")


def status(
    output: Output = LIVE,
    days: Annotated[int | None, typer.Option(metavar="N", min=1, help="Warn of sites not seen for so many days (default: 30).")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Tell how things stand: the last runs, sites in trouble and since when, what is under way, unfinished or held, the disk."""
    from samverkan.display import print_json
    from samverkan.settings import SAMVERKAN_UNSEEN_DAYS
    from samverkan.status import look_at

    found = look_at(output.expanduser(), datetime.now(UTC), days or SAMVERKAN_UNSEEN_DAYS)
    if as_json:
        print_json(describe_status(found))
    else:
        print_runs(found)
        print_troubles(found.troubles)
        print_unseen(found.unseen, found.days)
        print_disk(found)


def describe_status(found: "Status") -> dict[str, object]:
    """The status as JSON: of each run what identifies it and how it ended, everything else in full."""
    return {
        "runs": [describe_run(run) for run in found.runs],
        "under_way": found.under_way,
        "unfinished": describe_run(found.unfinished) if found.unfinished else None,
        "held": [describe_run(run) for run in found.held],
        "troubles": [asdict(trouble) for trouble in found.troubles],
        "unseen_days": found.days,
        "unseen": [asdict(site) for site in found.unseen],
        "disk": asdict(found.disk),
    }


def describe_run(run: "Manifest") -> dict[str, object]:
    """One run in a few figures."""
    names = ("run_id", "kind", "status", "started_at", "finished_at", "duration", "exit_code", "reason")
    return {**{name: getattr(run, name) for name in names}, "pages": run.rows.get("pages"), "facts": run.facts}


def print_runs(found: "Status") -> None:
    """What is under way, unfinished or waits for a person, and the last runs."""
    from samverkan.display import print_line, print_table, print_whole, show_duration
    from samverkan.held import name_accept
    from samverkan.resuming import name_resume

    if found.under_way:
        print_line(f"A run is under way: {found.under_way}.", style="bold")
    if found.unfinished:
        print_line(f"The crawl {found.unfinished.run_id} is not finished;", style="bold")
        print_whole(f"  {name_resume(found.output, found.unfinished.run_id)} goes on with it.")
    for run in found.held:
        print_line(f"The run {run.run_id} is held since {show_minute(run.finished_at)}: {run.reason}.", style="bold")
        print_whole(f"  {name_accept(found.output, run.run_id)} publishes it after you looked.")
    if not found.runs:
        print_line("No run yet.")
        return
    runs = [(run, describe_run(run)) for run in found.runs[-MOST_RUNS:]]
    figures = [(told["pages"], told["facts"], told["exit_code"], show_duration(run.duration)) for run, told in runs]
    began = [show_minute(run.started_at) for run, _ in runs]
    print_table(RUN_HEAD, [(run.run_id, at, run.kind, run.status, *rest) for (run, _), at, rest in zip(runs, began, figures, strict=True)])


def print_troubles(troubles: "list[SiteTrouble]") -> None:
    """The worst of them."""
    from samverkan.display import count, print_heading, print_line, print_table

    print_heading(f"{count(len(troubles), 'site')} in trouble" if troubles else "No site is in trouble.")
    rows = [
        (
            shorten(trouble.site_id, WIDEST_SITE),
            trouble.outcome,
            trouble.since[:10],
            trouble.runs,
            show_day(trouble.last_success_at),
            shorten(ADDRESS.sub("", trouble.first_error or ""), WIDEST_ERROR),
        )
        for trouble in troubles[:MOST_TROUBLES]
    ]
    if rows:
        print_table(TROUBLE_HEAD, rows)
    if len(troubles) > MOST_TROUBLES:
        print_line(f"and {len(troubles) - MOST_TROUBLES} more; --json lists all")


def print_unseen(unseen: "list[UnseenSite]", days: int) -> None:
    """A warning that names the worst; nothing where all were seen."""
    from samverkan.display import count, first, print_heading, print_line

    if unseen:
        print_heading(f"Warning: {count(len(unseen), 'site')} not seen in the last {count(days, 'day')}")
        shown = (f"{shorten(site.site_id, WIDEST_SITE)} ({show_day(site.last_success_at) or 'never'})" for site in unseen)
        print_line(f"  {first(shown, MOST_UNSEEN)}")


def print_disk(found: "Status") -> None:
    """What is used and what is free."""
    from pipelines.disk_need import show_size
    from samverkan.display import print_heading

    disk = found.disk
    print_heading(f"Disk: {show_size(disk.used)} used, {show_size(disk.archives)} of it archives; {show_size(disk.free)} free")


def show_minute(instant: str | None) -> str:
    """ "2026-11-21 04:00"; "" for None."""
    return (instant or "")[:16].replace("T", " ")


def show_day(moment: datetime | None) -> str | None:
    """2026-11-21; None for None."""
    return f"{moment:%Y-%m-%d}" if moment else None


def shorten(text: str, most: int) -> str:
    """The text, or as much of its beginning as fits, and "…"."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
