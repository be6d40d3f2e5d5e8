"""`samverkan prune`: keeps the newest runs, and of the others their history."""

from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, Output, Quiet, Verbose

if TYPE_CHECKING:
    from pipelines.prune import Pruning


def prune(
    keep_runs: Annotated[int, typer.Option("--keep-runs", metavar="N", min=1, help="How many published runs to keep, the newest.")],
    output: Output = LIVE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell only what would be done.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Remove past runs, and the archives that nothing needs any more. `latest` and the history stay."""
    from pipelines.history_end import find_pending
    from pipelines.lock import holding_lock
    from pipelines.prune import plan_pruning, remove_pruned
    from pipelines.publish import clear_leftovers
    from schemas.errors import UsageError

    output = output.expanduser().absolute()
    if not (output / "runs").is_dir():
        raise UsageError(f"There is no run in {output}.")
    if dry_run:
        tell_pruning(plan_pruning(output, keep_runs, find_pending(output)), is_done=False)
        return
    with holding_lock(output, "prune"):
        clear_leftovers(output)
        pruning = plan_pruning(output, keep_runs, find_pending(output))
        remove_pruned(output, pruning)
    tell_pruning(pruning, is_done=True)


def tell_pruning(pruning: "Pruning", *, is_done: bool) -> None:
    """What was removed, or would be, and the room that it gives."""
    from samverkan.display import count, print_line, show_bytes

    verb = "Removed" if is_done else "Would remove"
    for name in (*pruning.runs, *(f"archive/{path.name}" for path in pruning.archives)):
        print_line(f"{verb} {name}")
    freed = f"{count(len(pruning.runs), 'run')} and {count(len(pruning.archives), 'archive')}, {show_bytes(pruning.size)}"
    print_line(f"{verb} {freed}." if pruning.runs or pruning.archives else "There is nothing to remove.")
