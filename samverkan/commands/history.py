"""`samverkan history`: an organisation's facts over all published runs."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from samverkan.options import LIVE, AsJson, Output, Quiet, Verbose
from schemas.errors import UsageError

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="Only what stood at the end of that day (2026-11-21)."),
]


def history(
    organisation: Annotated[
        str | None, typer.Argument(metavar="[ORGANISATION]", help="Its id, or one of its names; upper and lower case do not matter.")
    ] = None,
    as_of: AsOf = None,
    update: Annotated[bool, typer.Option("--update", help="First take in the published runs that the history lacks.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="First make the history anew of all published runs.")] = False,
    output: Output = LIVE,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the versions of an organisation's facts: what it is, its members, counts, contacts and dates, each with from and until when."""
    if organisation is None and not (update or rebuild):
        raise UsageError("Name an organisation, or say --update or --rebuild.")
    output = output.expanduser().absolute()
    if update or rebuild:
        mend_history(output, is_rebuilt=rebuild)
    if organisation is not None:
        show_past(output, organisation, as_of, as_json=as_json)


def mend_history(output: Path, *, is_rebuilt: bool) -> None:
    """Brings the history up to date, or makes it anew, while no run is under way. Raises UsageError, LockHeld or OutputUnwritable."""
    from pipelines.lock import holding_lock
    from review.history import rebuild_history, update_history

    if not (output / "runs").is_dir():
        raise UsageError(f"There is no run in {output}. Another folder: --output DIR.")
    with holding_lock(output, "history"):
        (rebuild_history if is_rebuilt else update_history)(output)


def show_past(output: Path, organisation: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Prints what the history holds of an organisation. Raises UsageError where it has no such one."""
    from review.past import read_past
    from samverkan.display import print_json
    from samverkan.past_view import print_past, print_past_as_of
    from schemas.values.timestamps import stockholm_day_end

    past = read_past(output, organisation, stockholm_day_end(as_of.date()) if as_of else None)
    if as_json:
        print_json({"as_of": f"{as_of:%Y-%m-%d}" if as_of else None, **asdict(past)})
    elif as_of:
        print_past_as_of(past, f"{as_of:%Y-%m-%d}")
    else:
        print_past(past)
