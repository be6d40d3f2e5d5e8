"""Runs that the checks hold, made of small pages: a body with many members, of which the next run reads few."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.run import Run
from review.review import RunReview
from schemas.errors import RunHeld
from schemas.manifest import Manifest, read_manifest
from schemas.output import run_folder
from tests.pipelines.small_pages import GR, SITES, make_page, read_lines

MANY, FEW = 60, 20
SOME_SITES: Mapping[str, object] = {"names": "ale"}
"""As the options of a crawl: it is not one of all that is known."""


def crawl(
    output: Path, run_id: str, members: int, kind: str = "crawl", hours: float = 0, options: Mapping[str, object] = SOME_SITES
) -> Manifest:
    """A run in which one page names that many members; gives its manifest. Raises RunHeld."""
    text = "Samverkansförbundet: " + ", ".join(f"Medlem {number}" for number in range(members))
    with Run.open(output, kind=kind, run_id=run_id, sites=SITES, options=options, read=read_lines, reviewer=RunReview()) as run:
        run.add_page(make_page(GR, text, hours=hours))
        return run.finish()


def hold_run(output: Path) -> Manifest:
    """A published run "a" and a held run "b" after it; gives the manifest of the latter."""
    crawl(output, "a", MANY)
    with pytest.raises(RunHeld):
        crawl(output, "b", FEW, hours=1)
    return read_manifest(run_folder(output, "b"))
