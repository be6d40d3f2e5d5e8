"""Runs whose changes a test chooses: the runs are real, what changed in them is what their reviewer was told."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.keys import Row
from pipelines.run import Run
from schemas.errors import RunHeld
from schemas.review import Candidate, Finding, Verdict
from schemas.tables import write_rows
from tests.pipelines.small_pages import SITES, make_page, read_lines


class Told:
    """Finds the changes that it is told, and holds the run where it is told why."""

    def __init__(self, changes: Sequence[Row], page_changes: Sequence[Row], reason: str | None) -> None:
        self._rows = {"changes": changes, "page_changes": page_changes}
        self._findings = (Finding("facts_lost", "hold", reason),) if reason else ()

    def review(self, candidate: Candidate) -> Verdict:
        """Writes the rows as those of this run."""
        ids = {"run_id": candidate.manifest.run_id, "previous_run_id": candidate.manifest.previous_run_id}
        for dataset, rows in self._rows.items():
            write_rows(dataset, [row | ids for row in rows], candidate.folder / f"{dataset}.parquet")
        return Verdict(self._findings, tables={dataset: len(rows) for dataset, rows in self._rows.items()})

    def note_published(self, output: Path) -> None:
        """Nothing."""


def tell_run(
    output: Path,
    run_id: str,
    changes: Sequence[Row] = (),
    page_changes: Sequence[Row] = (),
    *,
    kind: str = "crawl",
    held: str | None = None,
) -> str:
    """The id of a published run, or of one that is held for a reason, in which this changed."""
    with Run.open(output, kind=kind, run_id=run_id, sites=SITES, read=read_lines, reviewer=Told(changes, page_changes, held)) as run:
        run.add_page(make_page("https://ale.se/gr", "Göteborgsregionen: Ale kommun"))
        try:
            run.finish()
        except RunHeld:
            assert held
    return run.run_id
