"""Which other archives an archive cannot do without: those that its revisit records name."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from archive.containers import open_warcs
from archive.records import Record, Wanted, scan_records
from archive.revisits import locate_original

NO_BLOCKS = Wanted(frozenset(), 0)


def find_referred(archive: Path) -> set[str]:
    """The names of the files in which the responses lie that an archive's revisits repeat; its own name may be among them."""
    return {located[0] for revisit in _scan_revisits(archive) if (located := locate_original(revisit))}


def _scan_revisits(archive: Path) -> Iterator[Record]:
    with ExitStack() as resources:
        for warc in open_warcs(archive, resources):
            yield from (found for found in scan_records(warc, NO_BLOCKS) if isinstance(found, Record) and found.kind == "revisit")
