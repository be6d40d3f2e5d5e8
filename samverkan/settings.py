"""Scrapy's settings for `scrapy crawl` and `samverkan crawl` alike; each departure from Scrapy's defaults with its reason.

Names that begin with SAMVERKAN_ are ours. Those of paths and the contact can be set in the environment too.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BOT_NAME = "samverkan"
SPIDER_MODULES = ["spiders"]
COMMANDS_MODULE = "spiders.commands"

# Who we are. The spider adds "(+contact)", and refuses to start a live crawl without one.
USER_AGENT = "samverkan/0.1"
SAMVERKAN_CONTACT = os.environ.get("SAMVERKAN_CONTACT", "")

# Where things lie. Resolved once: a relative path must not follow the working directory.
SAMVERKAN_OUTPUT = str(Path(os.environ.get("SAMVERKAN_OUTPUT", "output")).resolve())
SAMVERKAN_SITES = os.environ.get("SAMVERKAN_SITES", "")  # a site list; empty: the bundled one
SAMVERKAN_RUN_ID = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
SAMVERKAN_KIND = "crawl"
SAMVERKAN_REVIEWER = "review.review.RunReview"  # who compares a run with the one before, and may hold it

# How far. 60 pages hold what a municipality writes about its collaborations (the pages annotated for the evaluation lie one to four
# links from a start page); a site that needs more says so in its row. Beyond five links from a start page lie archives;
# a way that follows the best links first may be one longer than the shortest.
SAMVERKAN_MAX_PAGES = 60
SAMVERKAN_MAX_DEPTH = 6
SAMVERKAN_MAX_TIME = 0  # seconds for the whole crawl; 0: until all sites are done

SAMVERKAN_SITE_TIME = 7200  # seconds for one site: 60 pages at two minutes each, what a slow host with a long crawl-delay needs at most
SAMVERKAN_GIVE_UP_AFTER = 5  # requests in a row that fail, retries aside: then a site is left, and named

# How politely. One request at a time to a host, a second or more after its last answer, more where its answers slow down (spiders.pace).
CONCURRENT_REQUESTS = 16  # sites at a time, and so hosts
CONCURRENT_ITEMS = 1  # Scrapy starts so many tasks for each answer; our pipelines never wait, and its 100 cost more than the archive
DOWNLOAD_DELAY = 1  # seconds; kept by spiders.pace, for robots.txt and retries too, which Scrapy's slots would let through at once
SAMVERKAN_SLOWEST = 30  # seconds: to a host whose answers take longer we are not slower still
SAMVERKAN_DAILY_REQUESTS = 3000  # to a host and day, all runs together: 21 county boards with 60 pages each share one
ROBOTSTXT_OBEY = True  # by spiders.robots, always; Scrapy's own middleware is switched off below
SAMVERKAN_ROBOTS_PATIENCE = 30  # seconds for which a robots.txt that answers 429, 5xx or nothing is asked again
SAMVERKAN_HEED_DELAYS = True  # crawl-delay and Retry-After; only a replay, which asks nobody, does not
SAMVERKAN_BUSY_PAUSE = 5  # seconds, doubled each time, after 429 or 503 without Retry-After
SAMVERKAN_LONGEST_WAIT = 300  # seconds; a host that asks for a longer Retry-After is left alone for this run
SAMVERKAN_TRUST_DAYS = 30  # a page is asked for whole when its bytes are older: a server may say "unchanged" for ever
SAMVERKAN_RESUME = False  # whether SAMVERKAN_RUN_ID names an unfinished crawl to go on with
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the visit counts them, the issues name them

# What comes back. Bodies stay as received for the archive; archive.messages undoes their encoding, for crawl and extract alike.
COMPRESSION_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "sv,en;q=0.5",
}
DOWNLOAD_TIMEOUT = 30  # Scrapy's 180 would hold a site for minutes at each dead page
DOWNLOAD_MAXSIZE = 20_000_000  # bytes; the largest municipal pages are near 5 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
# The spider decides on redirects and statuses itself: within the site only, each answer counted.
REDIRECT_ENABLED = False
REDIRECT_MAX_TIMES = 5  # as browsers follow 20, but sites need two: to https, to www
METAREFRESH_ENABLED = False
HTTPERROR_ALLOW_ALL = True
REFERER_ENABLED = False
COOKIES_ENABLED = False  # none are needed; the first one would make tldextract ask the network for its list of domains

DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "spiders.robots.RobotsMiddleware": 100,
    "spiders.retrying.RetryingMiddleware": 550,
    "spiders.network.NetworkMiddleware": 990,  # nothing stands between it and the network
}
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": "spiders.handler.PoliteHandler",
    "https": "spiders.handler.PoliteHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # a robots.txt that leads to file://its-own-host/etc/passwd must not be followed
}
ITEM_PIPELINES: dict[str, int] = {
    "pipelines.facts.FactsPipeline": 300,
    "samverkan.crawl_log.CrawlLog": 400,  # after the run: it tells how that began and ended
}

# Doors that an unattended program does not need: both listen on a port, and the second executes Python.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "INFO"

# The log of live crawls, logs/crawl.log. A crawl of all sites writes some 60 KB, one line per site and what was warned of: a file holds
# a year of weekly crawls, all files together never more than 30 MB.
SAMVERKAN_LOG_BYTES = 5_000_000
SAMVERKAN_LOG_FILES = 5  # older ones that are kept

# For `samverkan status`: a site from which no page came for so long is warned of. Four weekly crawls, and then it is no outage any more.
SAMVERKAN_UNSEEN_DAYS = 30
