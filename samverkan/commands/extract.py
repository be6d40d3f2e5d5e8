"""`samverkan extract`: facts out of archives."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from samverkan.options import EXTRACT, EarlierSites, Output, Quiet, RunId, Verbose


def extract(
    archives: Annotated[list[Path], typer.Argument(metavar="ARCHIVE...", help="WARC (.warc, .warc.gz) or WACZ files.")],
    output: Output = EXTRACT,
    sites: EarlierSites = None,
    run_id: RunId = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read the datasets out of archived pages, without any network."""
    from archive.containers import check_archive
    from pipelines.extract import extract_archives
    from pipelines.run import Run
    from registry.sites import load_sites
    from review.review import RunReview
    from samverkan.display import count
    from samverkan.held import telling_of_held
    from samverkan.progress import Progress
    from samverkan.summary import tell_run

    for archive in archives:
        check_archive(archive)
    site_list = load_sites().preceded_by(load_sites(sites)) if sites else load_sites()
    options = {"archives": shlex.join(str(archive.absolute()) for archive in archives), "sites": sites}
    output = output.expanduser().absolute()
    with (
        telling_of_held(output),
        Run.open(output, kind="extract", run_id=run_id, sites=site_list, options=options, reviewer=RunReview()) as run,
    ):
        with Progress(f"Reading {count(len(archives), 'archive')}") as progress:
            extract_archives(archives, run, lambda archive, number: progress.show(f"{count(number, 'response')} · {archive.name}"))
            progress.announce("putting the facts together")
        manifest = run.finish()
    tell_run(manifest, run.output)
