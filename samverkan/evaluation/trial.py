"""Reads annotated pages as `samverkan extract` would, in a temporary folder, and scores what came out."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.collect import Reader
from pipelines.extract import extract_archives
from pipelines.run import Run
from registry.sites import load_sites
from samverkan.evaluation.annotations import load_annotations, pack_pages
from samverkan.evaluation.found import Found
from samverkan.evaluation.score import Score
from samverkan.evaluation.scoring import score_run


def score_pages(folder: Path, sites: Path | None, read: Reader | None = None) -> Score:
    """The score of a folder of annotated pages.

    `sites`: a list that goes before the bundled one. `read`: what reads a page, as in `Run.open`.
    """
    pages = load_annotations(folder)
    site_list = load_sites().preceded_by(load_sites(sites)) if sites else load_sites()
    with TemporaryDirectory(prefix="samverkan-evaluate-") as place:
        warc = Path(place) / "pages.warc.gz"
        pack_pages(folder, warc)
        with Run.open(Path(place), kind="extract", sites=site_list, read=read) as run:
            extract_archives([warc], run)
            run.finish()
        return score_run(pages, Found(run.folder))
