"""A run beside the one before: what changed, whether that is believable, and what is noted once the run is published."""

from pathlib import Path

from review.changes import find_changes
from review.checks import check_run
from review.feed import write_feeds
from review.for_people import write_for_people
from review.history import update_history
from review.page_changes import find_page_changes
from review.tally import ChangeTally
from schemas.review import Candidate, Verdict
from schemas.tables import write_rows


class RunReview:
    """The reviewer of every run: changes of pages and facts, checks, history, feed."""

    def review(self, candidate: Candidate) -> Verdict:
        """Writes `changes` and `page_changes` into the run's folder. Raises OutputUnwritable."""
        tally = ChangeTally()
        run_id = {"run_id": candidate.manifest.run_id}
        changes = tally.note_facts(find_changes(candidate))
        write_rows("changes", (row | run_id for row in changes), candidate.folder / "changes.parquet")
        page_changes = tally.note_pages(find_page_changes(candidate, tally.facts_changed))
        write_rows("page_changes", (row | run_id for row in page_changes), candidate.folder / "page_changes.parquet")
        findings = check_run(candidate)
        return Verdict(findings, tally.changes, tally.rows, write_for_people(candidate, tally.changes, findings))

    def note_published(self, output: Path) -> None:
        """Brings history and feeds up to all published runs."""
        update_history(output)
        write_feeds(output)
