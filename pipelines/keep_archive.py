"""A crawl's WARCs become one WACZ in the output's `archive` folder, and the rows of its pages point into that."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from archive.wacz import pack_wacz
from pipelines.keys import Row


def pack_archive(warcs: Sequence[Path], target: Path, *, run_id: str, created: str) -> dict[str, int]:
    """Packs a run's WARCs into `target`; gives the byte of it at which each starts (by name), {} where there are no WARCs.

    `created`: ISO 8601. Raises OutputUnwritable, or UsageError where a WARC cannot be read.
    """
    if not warcs:
        return {}
    return pack_wacz(warcs, target, title=f"samverkan {run_id}", created=datetime.fromisoformat(created), software="samverkan")


def shift_places(rows: Iterable[Row], name: str, offsets: dict[str, int]) -> Iterator[Row]:
    """The rows of pages or fetches, the places of those that lie in a packed WARC moved to the WACZ `name`; the others as they are."""
    return (_shift_place(row, name, offsets) if row["archive_file"] in offsets else row for row in rows)


def discard_warcs(warcs: Sequence[Path]) -> None:
    """Removes WARCs whose bytes are in the published WACZ."""
    for warc in warcs:
        warc.unlink(missing_ok=True)


def _shift_place(row: Row, name: str, offsets: dict[str, int]) -> Row:
    return row | {"archive_file": name, "archive_offset": row["archive_offset"] + offsets[row["archive_file"]]}
