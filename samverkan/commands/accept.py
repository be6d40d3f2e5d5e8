"""`samverkan accept`: a held run is published after a person looked."""

from typing import Annotated

import typer

from samverkan.options import LIVE, Output, Quiet, Verbose


def accept(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The id of a run that its checks held.")],
    output: Output = LIVE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Publish a run that its checks held, after you looked at it: `latest`, history and feed move on to it."""
    from pipelines.accept import accept_run
    from review.review import RunReview
    from samverkan.display import count, print_line
    from samverkan.logs import is_quiet

    manifest = accept_run(output.expanduser().absolute(), run, RunReview())
    if is_quiet():
        return
    waived = [finding.message for finding in manifest.checks if finding.severity == "hold"]
    print_line(f"Run {run} is published, although {count(len(waived), 'check')} had held it:", style="bold green")
    for message in waived:
        print_line(f"  {message}")
