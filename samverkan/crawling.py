"""One crawl, live or replayed, to its published run: what the commands `crawl` and `demo` share."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.publish import choose_run_id
from pipelines.stopping import Stopped
from samverkan.logs import hush, is_quiet
from schemas.errors import SamverkanError
from schemas.manifest import Manifest, read_manifest
from spiders.runner import run_crawl

LOG_LEVELS = {
    "spiders": logging.ERROR,  # what goes wrong at a site stands in coverage and issues
}
"""From which level on these speak without `--verbose`."""


def crawl_sites(
    output: Path,
    task: str,
    settings: Mapping[str, Any],
    *,
    run_id: str | None = None,
    sites: Sequence[str] = (),
    is_resumed: bool = False,
) -> Manifest:
    """Crawls into `output`, an absolute path, and gives the manifest of the published run; `task` names what is shown meanwhile.

    `is_resumed`: `run_id` is that of an unfinished crawl.

    Raises UsageError where the run id is taken, Stopped where a signal ended the crawl, and what `run_crawl` raises.
    """
    hush(LOG_LEVELS)
    run_id = run_id if is_resumed and run_id else choose_run_id(output, run_id, datetime.now(UTC))
    shown = {} if is_quiet() else {"EXTENSIONS": {"samverkan.crawl_progress.CrawlProgress": 0}, "SAMVERKAN_TASK": task}
    outcome = run_crawl({"SAMVERKAN_OUTPUT": str(output), "SAMVERKAN_RUN_ID": run_id, **shown, **settings}, sites=sites)
    if outcome.signal:
        raise Stopped(outcome.signal)
    manifest = read_manifest(output / "runs" / run_id)
    if manifest.status != "published":  # Scrapy logs what a signal handler raises, and goes on
        raise SamverkanError(f"the run {run_id} was not published: {manifest.reason}")
    return manifest
