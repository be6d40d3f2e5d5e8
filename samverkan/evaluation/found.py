"""What a run found, looked up by page, by address and by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from samverkan.evaluation.comparing import fold, fold_url
from schemas.errors import UsageError
from schemas.tables import read_rows

Row = Mapping[str, Any]
DATASETS = ("pages", "organisations", "mentions", "members", "member_counts", "contacts", "dates")


class Known(NamedTuple):
    """What a run says of an organisation."""

    name: str
    kind: str
    number: str | None
    folded: frozenset[str]
    """All its names, folded."""


class Found:
    """The datasets of a run's folder. Raises UsageError where one is missing."""

    def __init__(self, run: Path) -> None:
        self.rows = {name: load_dataset(run, name) for name in DATASETS}
        self._by_page: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for name in DATASETS[2:]:
            for row in self.rows[name]:
                self._by_page[name, row["page_id"]].append(row)

    def on_page(self, dataset: str, page_id: str) -> Sequence[Row]:
        """A page's rows of a dataset, in their order."""
        return self._by_page.get((dataset, page_id), [])

    def page_at(self, url: str) -> Row | None:
        """The page at an address, or that calls it its own."""
        return self._by_address.get(fold_url(url))

    @cached_property
    def organisations(self) -> dict[str, Known]:
        """Every organisation by its id."""
        return {
            row["organisation_id"]: Known(
                row["name"], row["kind"], row["organisation_number"], frozenset(map(fold, [row["name"], *(row["other_names"] or [])]))
            )
            for row in self.rows["organisations"]
        }

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Folded name -> organisation_id, the first that bears it."""
        ids: dict[str, str] = {}
        for row in self.rows["organisations"]:
            for name in [row["name"], *(row["other_names"] or [])]:
                ids.setdefault(fold(name), row["organisation_id"])
        return ids

    @cached_property
    def texts(self) -> dict[str, str]:
        """page_id -> text."""
        return {row["page_id"]: row["text"] or "" for row in self.rows["pages"]}

    @cached_property
    def _by_address(self) -> dict[str, Row]:
        pages: dict[str, Row] = {}
        for row in self.rows["pages"]:
            pages[fold_url(row["url"])] = row
            pages.setdefault(fold_url(row["canonical_url"]), row)
        return pages


def load_dataset(run: Path, name: str) -> Sequence[Row]:
    """The rows of one dataset."""
    path = run / f"{name}.parquet"
    if not path.exists():
        raise UsageError(f"There is no {path.name} in {run}.")
    return read_rows(path)
