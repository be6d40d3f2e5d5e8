"""`samverkan prune`: keeps the newest runs and of the others their history, and forgets persons."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, Output, Quiet, Verbose

if TYPE_CHECKING:
    from pipelines.forget import Forgotten
    from pipelines.prune import Pruning


def prune(
    keep_runs: Annotated[int, typer.Option("--keep-runs", metavar="N", min=1, help="How many published runs to keep, the newest.")],
    forget_persons_after: Annotated[
        int | None,
        typer.Option("--forget-persons-after", metavar="DAYS", min=1, help="Mask persons on pages that no site confirmed for so long."),
    ] = None,
    output: Output = LIVE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell only which runs and archives would go.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Remove past runs, and the archives that nothing needs any more. `latest` and the history stay.

    Who stands in do-not-publish.txt is masked in all that is left.
    """
    from pipelines.forget import forget_persons
    from pipelines.lock import holding_lock
    from pipelines.prune import plan_pruning, remove_pruned
    from pipelines.publish import clear_leftovers
    from review.applied import find_pending
    from schemas.do_not_publish import read_listed
    from schemas.errors import UsageError

    output = output.expanduser().absolute()
    if not (output / "runs").is_dir():
        raise UsageError(f"There is no run in {output}.")
    listed = read_listed(output)
    if dry_run:
        tell_pruning(plan_pruning(output, keep_runs, find_pending(output)), "Would remove")
        return
    cutoff = datetime.now(UTC) - timedelta(days=forget_persons_after) if forget_persons_after else None
    with holding_lock(output, "prune"):
        clear_leftovers(output)
        pruning = plan_pruning(output, keep_runs, find_pending(output))
        remove_pruned(output, pruning)
        tell_pruning(pruning, "Removed")
        tell_forgotten(forget_persons(output, listed, cutoff))


def tell_pruning(pruning: "Pruning", verb: str) -> None:
    """What was removed, or would be, and the room that it gives."""
    from samverkan.display import count, print_line, show_bytes

    for name in (*pruning.runs, *(f"archive/{path.name}" for path in pruning.archives)):
        print_line(f"{verb} {name}")
    freed = f"{count(len(pruning.runs), 'run')} and {count(len(pruning.archives), 'archive')}, {show_bytes(pruning.size)}"
    print_line(f"{verb} {freed}." if pruning.runs or pruning.archives else "There is nothing to remove.")


def tell_forgotten(forgotten: "Forgotten") -> None:
    """Where persons were masked; nothing where nobody was."""
    from samverkan.display import count, print_line

    if any((forgotten.runs, forgotten.records, forgotten.files)):
        places = f"{count(forgotten.runs, 'run')} and {count(forgotten.files, 'other file')}"
        print_line(f"Masked persons in {places}, and dropped {count(forgotten.records, 'record')} of archives.")
