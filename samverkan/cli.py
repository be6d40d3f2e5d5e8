"""The command line: every command with its example. What a command does stands in `samverkan/commands/<command>.py`."""

import signal
import sys
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from pipelines.stopping import STOP_SIGNALS
from samverkan import __version__
from samverkan.commands.accept import accept
from samverkan.commands.crawl import crawl
from samverkan.commands.demo import demo
from samverkan.commands.diff import diff
from samverkan.commands.evaluate import evaluate
from samverkan.commands.extract import extract
from samverkan.commands.history import history
from samverkan.commands.prune import prune
from samverkan.commands.runs import runs
from samverkan.commands.schedule import schedule
from samverkan.commands.schema import schema
from samverkan.commands.show import show
from samverkan.commands.sites import sites
from samverkan.commands.status import status
from samverkan.program import run_program

EXAMPLES: Mapping[Callable[..., None], str] = {
    demo: "samverkan demo",
    crawl: "samverkan crawl lillaedet ale --max-time 30m",
    extract: "samverkan extract pages.warc.gz --sites sites.toml --output out",
    diff: "samverkan diff --since 2026-11-01 --output output/demo",
    accept: "samverkan accept 20261121T040000Z",
    runs: "samverkan runs --output output/demo",
    sites: "samverkan sites --output output/demo",
    status: "samverkan status --output output/demo",
    prune: "samverkan prune --keep-runs 10 --dry-run --output output/demo",
    schedule: "samverkan schedule --systemd --at 01:15 --on mon",
    show: "samverkan show lillaedet.se/kommun-och-politik --output output/demo",
    history: "samverkan history 'Göteborgsregionens kommunalförbund' --output output/demo",
    schema: "samverkan schema members",
    evaluate: "samverkan evaluate tests/pages --errors",
}
"""The commands in the order of the help, each with one way to use it that works."""

app = typer.Typer(name="samverkan", no_args_is_help=True, add_completion=False, rich_markup_mode="rich")
for command, example in EXAMPLES.items():
    app.command(epilog=f"Example: {example}")(command)


def main() -> None:
    """The console command."""
    code = run_program(app, sys.argv[1:])
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # what is left is Python's tidying up: the exit code stands
    sys.exit(code)


def print_version(is_wanted: bool) -> None:
    """Prints "samverkan 0.1.0" and ends, where it is wanted."""
    if is_wanted:
        typer.echo(f"samverkan {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: samverkan demo")
def begin(
    version: Annotated[bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Who works with whom in Swedish local government: public pages in, typed and evidenced Parquet datasets out."""
