"""What changed between any two runs: as it was stored when the later one was published, else compared anew."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from review.applied import find_kind
from review.changes import find_changes
from review.log import read_log
from review.page_changes import find_page_changes
from review.tally import ChangeTally
from schemas.datasets import REVIEWED
from schemas.manifest import Manifest
from schemas.output import run_folder
from schemas.review import Candidate
from schemas.tables import read_rows, write_rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows of `changes` and `page_changes` of a run."""

    run_id: str
    previous_run_id: str
    changes: list[Row]
    page_changes: list[Row]

    @property
    def is_empty(self) -> bool:
        """Whether the world is as it was: what our code alone reads otherwise is no change of it."""
        return not self.page_changes and all(row["cause"] == "reading" for row in self.changes)


def read_difference(output: Path, run: Manifest) -> Difference | None:
    """What was stored of a run when it was compared with the one before; None of a run that was not."""
    if run.previous_run_id is None or not run.datasets.keys() >= set(REVIEWED):
        return None
    changes, page_changes = (read_rows(run_folder(output, run.run_id) / f"{dataset}.parquet") for dataset in REVIEWED)
    return Difference(run.run_id, run.previous_run_id, changes, page_changes)


def read_logged(output: Path, kind: str, since: datetime) -> dict[tuple[datetime, str], Difference]:
    """What the log keeps of the runs of a kind that began then or later, also of those that were pruned, by when each began and its id.

    A run in which nothing changed is not in the log.
    """
    if find_kind(output) != kind:
        return {}
    found: dict[tuple[datetime, str], Difference] = {}
    for dataset in REVIEWED:
        for row in read_log(output, dataset, since):
            run = Difference(row["run_id"], row["previous_run_id"], [], [])
            rows: list[Row] = getattr(found.setdefault((row.pop("run_started_at"), run.run_id), run), dataset)
            rows.append(row)
    return found


def find_difference(candidate: Candidate) -> Difference:
    """Compares two runs as they are when one is published. The candidate's folder is one that may be written into."""
    assert candidate.previous
    ids = {"run_id": candidate.manifest.run_id}
    tally = ChangeTally()
    changes = [row | ids for row in tally.note_facts(find_changes(candidate))]
    write_rows("changes", changes, candidate.folder / "changes.parquet")
    page_changes = [row | ids for row in find_page_changes(candidate, tally.facts_changed)]
    return Difference(candidate.manifest.run_id, candidate.previous.name, changes, page_changes)
