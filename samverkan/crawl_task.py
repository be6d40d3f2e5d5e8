"""What a crawl is to fetch: the sites, the budget, and whether it goes on with one that was interrupted."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.resuming import WITHIN, find_unfinished, read_unfinished

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrawlTask:
    """`names`: the ids of the sites, () for all; `sites`: a site list instead of the bundled one; `max_pages`: per site."""

    names: tuple[str, ...] = ()
    sites: Path | None = None
    max_pages: int | None = None
    run_id: str | None = None
    is_resumed: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """As a manifest keeps it; two crawls with the same options have the same task."""
        return {"sites": str(self.sites or ""), "names": " ".join(self.names), "max_pages": self.max_pages}

    @property
    def settings(self) -> dict[str, Any]:
        """As the crawler wants it."""
        settings: dict[str, Any] = {"SAMVERKAN_SITES": str(self.sites or ""), "SAMVERKAN_RESUME": self.is_resumed}
        return settings | ({"SAMVERKAN_MAX_PAGES": self.max_pages} if self.max_pages else {})


def resume_task(output: Path, task: CrawlTask) -> CrawlTask:
    """The unfinished crawl that a run id names, whatever the rest of the task says; else the newest one of the same task.

    The task itself where there is none: a new crawl begins. Raises UsageError where a crawl that was named cannot be gone on with.
    """
    if task.run_id:
        unfinished = read_unfinished(output, task.run_id)
    elif (found := find_unfinished(output, task.options, datetime.now(UTC) - WITHIN)) is None:
        logger.info("no crawl of these sites is unfinished; a new one begins")
        return task
    else:
        unfinished = found
    return replace(read_task(unfinished.options), run_id=unfinished.run_id, is_resumed=True)


def read_task(options: Mapping[str, Any]) -> CrawlTask:
    """The task that a manifest's options tell of."""
    sites, names, max_pages = (options.get(name) for name in ("sites", "names", "max_pages"))
    return CrawlTask(tuple(str(names or "").split()), Path(sites) if sites else None, int(max_pages) if max_pages else None)
