"""How much memory a crawl takes, whether it has 1,000 pages or 20,000: `python -m benchmarks.crawl_memory [--pages 1000,20000]`.

Each crawl, and the one after it over the unchanged web, runs in a process of its own.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from benchmarks.web import PlainWeb, serve_plain_web
from pipelines.run import Run
from samverkan.display import print_json, print_table
from schemas.manifest import read_manifest
from schemas.output import latest_run
from spiders.runner import run_crawl
from tests.spiders.crawling import CLEAN, QUICK

PAGES_EACH = 50
"""Of a host."""
LOOKS = 0.05
"""Seconds between two looks at the memory."""
RUNS = {"first": "20261121T040000Z", "unchanged": "20261122T040000Z"}
MEGABYTE = 1024 * 1024


class Memory(NamedTuple):
    """A crawl's figures; the memory is the process's resident set at its largest, in MB."""

    pages: int
    crawl: str
    begun: float
    """Before the first request."""
    crawling: float
    ending: float
    """While the datasets are assembled and written and the archive is packed."""
    kept: float
    """When all is published."""
    seconds: float
    ending_seconds: float
    rows: int


class Watch:
    """Looks at the memory of this process from a thread, and keeps the most for each phase."""

    def __init__(self) -> None:
        self.phase = "begun"
        self.most: dict[str, float] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def during(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, during which the phase is another one, and "kept" after it."""

        def watched(*arguments: Any, **options: Any) -> Any:
            self.phase = phase
            try:
                return function(*arguments, **options)
            finally:
                self.most["kept"] = read_memory()

        return watched

    def _look(self) -> None:
        while not self._is_over.wait(LOOKS):
            self.most[self.phase] = max(self.most.get(self.phase, 0.0), read_memory())


def read_memory() -> float:
    """The resident set of this process in MB (Linux)."""
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * 4096 / MEGABYTE


def measure_pages(pages: int) -> list[Memory]:
    """Two crawls of a web of so many pages."""
    with serve_plain_web(max(1, pages // PAGES_EACH), pages) as web, tempfile.TemporaryDirectory() as folder:
        site_list = Path(folder) / "sites.toml"
        site_list.write_text(web.write_site_list(), "utf-8")
        return [measure_crawl(web, crawl, site_list, Path(folder) / "output") for crawl in RUNS]


def measure_crawl(web: PlainWeb, crawl: str, site_list: Path, output: Path) -> Memory:
    """One of them."""
    quick = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"}
    paths = {"SAMVERKAN_SITES": str(site_list), "SAMVERKAN_OUTPUT": str(output), "SAMVERKAN_RUN_ID": RUNS[crawl]}
    with CLEAN.Pool(1) as pool:
        most, seconds, ending_seconds = pool.apply(crawl_watched, ({**quick, "LOG_LEVEL": "ERROR", **paths},))
    run = latest_run(output)
    assert run
    rows = sum(read_manifest(run).rows.values())
    phases = (most["begun"], most["crawling"], most["ending"], most["kept"])
    return Memory(web.pages, crawl, *phases, seconds, ending_seconds, rows)


def crawl_watched(settings: Mapping[str, Any]) -> tuple[Mapping[str, float], float, float]:
    """Crawls in this process: the most memory in each phase, seconds in all and at the end."""
    began = time.monotonic()
    ending = 0.0
    with Watch() as watch:
        finish = watch.during("ending", Run.finish)
        add_page = Run.add_page

        def finish_timed(*arguments: Any, **options: Any) -> Any:
            nonlocal ending
            start = time.monotonic()
            try:
                return finish(*arguments, **options)
            finally:
                ending = time.monotonic() - start

        def add_watched(*arguments: Any) -> None:
            watch.phase = "crawling"
            add_page(*arguments)

        Run.finish, Run.add_page = finish_timed, add_watched  # type: ignore[method-assign,assignment]
        run_crawl(settings)
    return watch.most, time.monotonic() - began, ending


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a line per crawl."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl_memory", description=(__doc__ or "").split(":")[0] + ".")
    parser.add_argument("--pages", default="1000,20000", help="of each web, with commas between (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    measured = [memory for pages in options.pages.split(",") for memory in measure_pages(int(pages))]
    if options.json:
        print_json([memory._asdict() for memory in measured])
    else:
        head = ("pages", "crawl", "begun MB", "crawling MB", "ending MB", "kept MB", "seconds", "of them ending", "rows")
        print_table(head, [tuple(round(value) if isinstance(value, float) else value for value in memory) for memory in measured])


if __name__ == "__main__":
    main()
