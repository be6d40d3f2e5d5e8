"""How long each stage of `parsers.reading.read_page` takes: its own functions, timed while it runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import process_time
from types import TracebackType
from typing import Any, Self

from parsers import reading

STAGES: Mapping[str, tuple[str, ...]] = {
    "decode": ("decode_body", "looks_binary"),
    "walk": ("read_document",),  # lxml's parse is in it
    "metadata": ("read_metadata",),
    "organisations": ("resolve_owner", "find_organisations"),
    "members": (
        "split_document", "find_departed", "find_members", "find_listed_members", "find_tabled_members", "find_shared_boards",
        "find_twin_towns", "find_hinted_members", "find_deciding_members", "find_unexplained",
    ),
    "counts": ("find_member_counts",),
    "contacts": ("find_contacts",),
    "dates": ("find_dates",),
}  # fmt: skip
"""The functions that `read_page` calls by these names, none of which calls another."""
REST = "the rest"
"""What `read_page` does between them: the page's row, its identity, whether it is about collaboration."""


def measure(function: Callable[..., object], *arguments: object) -> float:
    """Seconds of CPU time of one call, the freeing of what it gives included."""
    start = process_time()
    function(*arguments)
    return process_time() - start


class StageClock:
    """Within its `with` block the functions of `STAGES` are timed where `read_page` calls them. Raises AttributeError where one is gone."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._originals = {name: getattr(reading, name) for names in STAGES.values() for name in names}
        self._timed = {name: self._time(stage, self._originals[name]) for stage, names in STAGES.items() for name in names}

    def __enter__(self) -> Self:
        self._place(self._timed)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._place(self._originals)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Nothing is timed in this block, and nothing costs more for it."""
        self._place(self._originals)
        yield
        self._place(self._timed)

    def measure_stages(self, function: Callable[..., object], *arguments: object) -> dict[str, float]:
        """Seconds of CPU time of each stage in one call, and of the rest."""
        self.seconds = dict.fromkeys(STAGES, 0.0)
        whole = measure(function, *arguments)
        return self.seconds | {REST: whole - sum(self.seconds.values())}

    def _time(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: object) -> Any:
            start = process_time()
            found = function(*arguments)
            if isinstance(found, Iterator):  # what a generator does, it does while it is read
                found = iter(list(found))
            self.seconds[stage] += process_time() - start
            return found

        return timed

    def _place(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        for name, function in functions.items():
            setattr(reading, name, function)
