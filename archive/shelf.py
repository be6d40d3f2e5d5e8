"""Archives opened again, where something that was read before is asked for; a few of them stay open."""

from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from archive.containers import check_archive, open_warcs
from archive.streams import Warc

MOST_OPEN = 16
"""Archives open at once: the revisits of a year of monthly runs lead to no more."""


class Shelf:
    """To be closed."""

    def __init__(self) -> None:
        self._open: OrderedDict[Path, tuple[ExitStack, list[Warc]]] = OrderedDict()

    def close(self) -> None:
        """Closes every file."""
        while self._open:
            self._open.popitem()[1][0].close()

    def open_at(self, archive: Path, warc: int, offset: int) -> Warc:
        """The WARC of that number in an archive, from a byte of it on."""
        return replace(self._take(archive)[warc], start=offset)

    def open_byte(self, archive: Path, offset: int) -> Warc | None:
        """The WARC in which a byte of the file itself lies, from there on; None where none does.

        Raises UsageError where the file is missing or no archive.
        """
        check_archive(archive)
        inside = (warc for warc in self._take(archive) if warc.is_own and warc.start <= offset < warc.end)
        return next((replace(warc, start=offset) for warc in inside), None)

    def _take(self, archive: Path) -> list[Warc]:
        if archive not in self._open:
            if len(self._open) == MOST_OPEN:
                self._open.popitem(last=False)[1][0].close()
            resources = ExitStack()
            self._open[archive] = resources, list(open_warcs(archive, resources))
        self._open.move_to_end(archive)
        return self._open[archive][1]
