"""The log of live crawls, `logs/crawl.log` in the output: how each run began and ended, each site's end, every warning."""

import logging
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from schemas.do_not_publish import read_listed
from schemas.manifest import Manifest, read_manifest
from schemas.output import crawl_log_file, run_folder
from schemas.persons import NOBODY, Persons
from schemas.visit import SiteVisit

logger = logging.getLogger(__name__)

LONGEST = 500
"""Characters of a message, its first line: what a library quotes after that may be a page's text."""
FRAMES = 4
"""Of a traceback, the innermost."""


class LogFile(RotatingFileHandler):
    """Warnings and errors of all packages, and what this module tells. A disk that refuses a line costs the crawl nothing."""

    def __init__(self, path: Path, run_id: str, *, most_bytes: int, files: int, listed: Persons = NOBODY) -> None:
        """`listed`: who asked not to be published."""
        path.parent.mkdir(exist_ok=True)
        super().__init__(path, maxBytes=most_bytes, backupCount=files, encoding="utf-8")
        self._run_id = run_id
        self._listed = listed

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written."""
        return record.levelno >= logging.WARNING or record.name == logger.name

    def format(self, record: logging.LogRecord) -> str:
        """One line: when (UTC), which run, how grave, who says it, what."""
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        message = self._listed.mask(next(iter(record.getMessage().splitlines()), ""))[:LONGEST]
        return f"{when} {self._run_id} {record.levelname} {record.name}: {message}{_describe_raised(record)}"

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the base class names it so)
        """Says nothing: stderr is for the errors of the crawl itself."""

    def close(self) -> None:
        """Lets go of the file, also where a full disk refuses what was not written yet."""
        with suppress(OSError):
            super().close()


class CrawlLog:
    """A pipeline after that of the facts: it writes while the run is open, which holds the lock, and a little later tells how it ended."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if settings["SAMVERKAN_KIND"] != "crawl":
            raise NotConfigured
        self._crawler = crawler
        self._output, self._run_id = Path(settings["SAMVERKAN_OUTPUT"]), str(settings["SAMVERKAN_RUN_ID"])
        self._limits = {"most_bytes": settings.getint("SAMVERKAN_LOG_BYTES"), "files": settings.getint("SAMVERKAN_LOG_FILES")}
        self._file: LogFile | None = None
        self._told: set[str] = set()
        crawler.signals.connect(self._tell_sites, signals.request_left_downloader)
        crawler.signals.connect(self._end, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        """Begins to write: the run is open. A log that cannot be opened is warned of, and the crawl goes on without it."""
        try:
            self._file = LogFile(crawl_log_file(self._output), self._run_id, **self._limits, listed=read_listed(self._output))
        except OSError as error:
            logger.warning("there is no log of this crawl: %s", error)
            return
        logging.getLogger().addHandler(self._file)
        logger.info("the run begins, %s sites chosen", getattr(self._crawler.spider, "sites_chosen", "all"))

    def _tell_sites(self, spider: Spider) -> None:
        """A line for each site that has come to its end since the last call."""
        finished: set[str] = getattr(spider, "finished", set())
        if len(finished) > len(self._told):
            self._tell_visits([spider.visits[site_id] for site_id in sorted(finished - self._told)])  # type: ignore[attr-defined]

    def _tell_visits(self, visits: list[SiteVisit]) -> None:
        for visit in visits:
            self._told.add(visit.site_id)
            logger.info("%s", describe_visit(visit))

    def _end(self, spider: Spider) -> None:
        manifest = _find_manifest(run_folder(self._output, self._run_id))
        if self._file is None and manifest:  # refused after the lock was taken: for want of room
            self.open_spider()
        if self._file is None:
            return
        self._tell_visits([visit for site_id, visit in getattr(spider, "visits", {}).items() if site_id not in self._told])
        logger.info("%s", describe_end(manifest))
        logging.getLogger().removeHandler(self._file)
        self._file.close()
        self._file = None


def describe_visit(visit: SiteVisit) -> str:
    """ "site ale ends: unreachable, 0 pages, 0 unchanged, 1 failed, 3 requests, 30 s: https://ale.se/: no answer in time"."""
    pages = f"{visit.pages_fetched} pages, {visit.pages_unchanged} unchanged, {visit.pages_failed} failed"
    trouble = f": {visit.first_error}" if visit.first_error else ""
    return f"site {visit.site_id} ends: {visit.outcome or 'done'}, {pages}, {visit.requests} requests, {visit.seconds:.0f} s{trouble}"


def describe_end(manifest: Manifest | None) -> str:
    """ "the run ends: published, exit code 0, 1203 pages, 5100 s"."""
    if manifest is None:
        return "the run ends: nothing of it could be kept"
    pages = f", {manifest.rows['pages']} pages" if "pages" in manifest.rows else ""
    reason = f": {manifest.reason}" if manifest.reason else ""
    return f"the run ends: {manifest.status}, exit code {manifest.exit_code}{pages}, {manifest.duration or 0:.0f} s{reason}"


def _find_manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except (OSError, ValueError):
        return None


def _describe_raised(record: logging.LogRecord) -> str:
    """ " [KeyError: resolve.py:34 < assemble.py:80]" of an exception: where, but not what it says, which may quote a page."""
    if not record.exc_info or not record.exc_info[0]:
        return ""
    frames = traceback.extract_tb(record.exc_info[2])[-FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f" [{record.exc_info[0].__name__}: {places}]"
