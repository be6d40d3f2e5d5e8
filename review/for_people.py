"""The files of a run that people read: `changes.html` and `digest.md`, made of the datasets in its folder."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from review.changes_page import render_changes_page
from review.counting import Counts
from review.digest import render_digest
from schemas.disk import write_text
from schemas.review import Candidate, Finding
from schemas.tables import scan_rows

Row = Mapping[str, Any]

CHANGES_PAGE = "changes.html"
DIGEST = "digest.md"
MOST_ROWS = 20_000
"""Of each dataset that are read: more than either file can show, and some 50 MB."""


def write_for_people(candidate: Candidate, counts: Counts, findings: Sequence[Finding] = ()) -> tuple[str, ...]:
    """Writes both files into the folder of a run, and gives their names. Raises OutputUnwritable.

    `counts`: of all changes, as in the manifest. `findings`: those of the checks.
    """
    folder, manifest = candidate.folder, candidate.manifest
    rows = read_some(folder, "changes"), read_some(folder, "page_changes")
    previous = candidate.previous.name if candidate.previous else None
    page = render_changes_page(*rows, run_id=manifest.run_id, previous_run_id=previous, counts=counts)
    write_text(folder / CHANGES_PAGE, page)
    coverage = read_some(folder, "coverage")
    digest = render_digest(*rows, run_id=manifest.run_id, previous_run_id=previous, counts=counts, coverage=coverage, findings=findings)
    write_text(folder / DIGEST, digest)
    return CHANGES_PAGE, DIGEST


def read_some(folder: Path, dataset: str) -> list[Row]:
    """The rows of a dataset, as many as can be of use; none where the run has no such dataset."""
    path = folder / f"{dataset}.parquet"
    return list(islice(scan_rows(path), MOST_ROWS)) if path.exists() else []
