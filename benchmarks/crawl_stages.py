"""How much CPU time each part of a crawl takes: its own functions, timed while it runs."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pipelines.run
import spiders.collaboration
from parsers.reading import read_page
from pipelines.facts import FactsPipeline
from pipelines.run import Run
from registry.registry import load_registry
from registry.sites import load_sites
from schemas.page import Page
from spiders.collaboration import CollaborationSpider
from spiders.frontier import Frontier
from spiders.journal import Journal
from spiders.runner import run_crawl
from spiders.site_crawl import SiteCrawl

STAGES: Mapping[str, tuple[tuple[Any, str], ...]] = {
    "archive": ((Journal, "write_answer"),),
    "links found": ((spiders.collaboration, "find_links"), (spiders.collaboration, "decode_body")),
    "links weighed": (
        (CollaborationSpider, "_read_links"),
        (SiteCrawl, "add_links"),
        (SiteCrawl, "take_next"),
        (Frontier, "add_listed"),
        (spiders.collaboration, "read_sitemap"),
    ),
    "extraction": ((Run, "add_page"),),
    "assembling": ((pipelines.run, "assemble_datasets"),),
    "Parquet": ((pipelines.run, "write_tables"),),
    "WACZ": ((pipelines.run, "pack_archive"),),
    "publishing": ((Run, "finish"),),
}
"""The functions of each stage, by where they are called from. What a function of another stage takes within one is that stage's."""
REST = "robots, pace, memory, spider"
"""What is left of the whole: everything that the middlewares and the spider do for a request."""


class Stopwatch:
    """Seconds of CPU time by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._inner: list[float] = []
        """Of each function under way, what functions called by it took."""

    def time(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*arguments: Any, **options: Any) -> Any:
            start = process_time()
            self._inner.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                spent = process_time() - start
                self.seconds[stage] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return timed


def crawl_timed(settings: Mapping[str, Any]) -> tuple[dict[str, float], float]:
    """Crawls in this process, which ends then; seconds of its CPU time by stage and in all, from the opened run on."""
    warm_up()
    watch = Stopwatch()
    for stage, functions in STAGES.items():
        for owner, name in functions:
            setattr(owner, name, watch.time(stage, getattr(owner, name)))
    opened: list[float] = []
    open_run = FactsPipeline.open_spider

    def open_noting_when(pipeline: FactsPipeline) -> None:
        open_run(pipeline)
        opened.append(process_time())

    setattr(FactsPipeline, "open_spider", open_noting_when)  # noqa: B010 (mypy refuses the plain form)
    run_crawl(settings)
    return watch.seconds, process_time() - opened[0]


def warm_up() -> None:
    """What is loaded once per process is no page's."""
    load_sites()
    text = b"<html><body><main><h1>Samverkan</h1><p>Ale kommun samarbetar med Partille kommun. Kontakt: Eva Ek, 0303-33 00 00.</main>"
    page = Page("https://ale.se/samverkan", 200, (("Content-Type", "text/html"),), text, datetime.now(UTC))
    read_page(page, None, load_registry())
