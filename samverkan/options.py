"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from samverkan.logs import set_quiet, set_verbose

Quiet = Annotated[bool, typer.Option("--quiet", "-q", callback=set_quiet, help="Print errors and results only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", callback=set_verbose, help="Print the log, and errors with their traceback.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder that holds the runs.")]
Sites = Annotated[Path | None, typer.Option("--sites", metavar="FILE", help="A site list (TOML) instead of the bundled one.")]
EarlierSites = Annotated[Path | None, typer.Option("--sites", metavar="FILE", help="A site list (TOML) that goes before the bundled one.")]
RunId = Annotated[str | None, typer.Option("--run-id", metavar="ID", help="The run's name; the time unless told otherwise.")]
HealthCheck = Annotated[
    str | None,
    typer.Option(
        "--healthcheck", metavar="URL", envvar="SAMVERKAN_HEALTHCHECK", help="A monitor that is told of start, success and failure."
    ),
]

LIVE = Path("output")
"""Where live crawls lie unless told otherwise: below the working directory."""
EXTRACT = LIVE / "extract"
DEMO = LIVE / "demo"
