"""An output folder with a run a day, and its history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from review.history import update_history
from schemas.output import history_file, run_folder
from schemas.page import Page
from schemas.tables import read_rows, write_rows
from tests.pipelines.small_pages import NOON, make_page, run_pages
from tests.review.simulated_runs import set_start

Row = dict[str, Any]
QUARTER = timedelta(minutes=15)
EVA = "Göteborgsregionen: Ale kommun, Partille kommun\nKontakt: Eva Ek, +46317012345"


class Days:
    """An output folder that gets a run a day, begun at noon, whose pages come a quarter of an hour later."""

    def __init__(self, output: Path, kind: str = "crawl") -> None:
        self.output = output
        self._kind = kind
        self._count = 0

    def run(self, pages: Mapping[str, str | int], *, asked: Mapping[str, str] | None = None) -> datetime:
        """A run of pages: address -> text, or the status that the server answers. Gives when it began."""
        made = [make_answer(url, answer, 24 * self._count + 0.25, (asked or {}).get(url)) for url, answer in pages.items()]
        run = run_pages(self.output, *made, kind=self._kind, run_id=f"day-{self._count}")
        set_start(run.folder, self._count)
        self._count += 1
        return NOON + timedelta(days=self._count - 1)

    def write_log(self, day: int, dataset: str, *rows: Row) -> None:
        """Lets the run of a day have found these changes."""
        filled = ({"run_id": f"day-{day}", "previous_run_id": f"day-{day - 1}"} | row for row in rows)
        write_rows(dataset, filled, run_folder(self.output, f"day-{day}") / f"{dataset}.parquet")

    def versions(self, dataset: str, **values: object) -> list[Row]:
        """The versions in the history, brought up to date, that have these values."""
        update_history(self.output)
        rows = read_rows(history_file(self.output, dataset))
        return [row for row in rows if all(row[column] == value for column, value in values.items())]


def make_answer(url: str, answer: str | int, hours: float, asked: str | None) -> Page:
    """A page with a text, or one that answers with a status."""
    text, status = (answer, 200) if isinstance(answer, str) else ("", answer)
    return make_page(url, text, status=status, hours=hours, asked=asked)
