"""What is told of a run that its checks hold: why, where to look, how to publish it all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samverkan.display import name_command, print_heading, print_line, print_whole, show_path
from samverkan.logs import is_quiet
from samverkan.options import LIVE
from schemas.errors import RunHeld
from schemas.manifest import Manifest, read_manifest
from schemas.output import run_folder


@contextmanager
def telling_of_held(output: Path) -> Iterator[None]:
    """Prints why a run that ends within is held, and adds to the error what publishes it."""
    try:
        yield
    except RunHeld as held:
        if not is_quiet():
            tell_held(read_manifest(run_folder(output, held.run_id)), output)
        held.add_note(f"{name_accept(output, held.run_id)} publishes it after you looked")
        raise


def tell_held(manifest: Manifest, output: Path) -> None:
    """A line for each reason, then where to look."""
    print_line(f"Run {manifest.run_id} is held: it is kept, and latest stays.", style="bold red")
    for finding in manifest.checks:
        print_line(f"  {finding.message}" if finding.severity == "hold" else f"  (a warning) {finding.message}")
    print_heading("Look at it, then publish it or crawl again")
    print_line(f"  {show_path(run_folder(output, manifest.run_id))}/")
    if manifest.previous_run_id:
        print_whole(f"  {name_command('diff', manifest.previous_run_id, manifest.run_id, *where(output))}")
    print_whole(f"  {name_accept(output, manifest.run_id)}")


def name_accept(output: Path, run_id: str) -> str:
    """The command that publishes a held run."""
    return name_command("accept", run_id, *where(output))


def where(output: Path) -> tuple[str, ...]:
    """The option that names an output folder; none for the usual one."""
    return () if output.absolute() == LIVE.absolute() else ("--output", show_path(output))
