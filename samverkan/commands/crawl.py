"""`samverkan crawl`: sites fetched live."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, HealthCheck, Output, Quiet, RunId, Sites, Verbose
from schemas.errors import UsageError

if TYPE_CHECKING:
    from registry.sites import SiteList
    from samverkan.crawl_task import CrawlTask

# "90s", "30m", "2h", "1h30m", "600" (seconds); not "", "30 minutes" or "m"
DURATION = re.compile(r"(?=\w)(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?(?:(?P<s>\d+)s?)?")
SECONDS = {"h": 3600, "m": 60, "s": 1}


def crawl(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SITE...]", help="Site ids; all known sites where none is named.")] = None,
    sites: Sites = None,
    output: Output = LIVE,
    max_pages: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Pages per site, whatever the site list says (default: its max_pages, else 60).")
    ] = None,
    max_time: Annotated[str | None, typer.Option(metavar="T", help="Time for the whole crawl: 90s, 30m, 2h.")] = None,
    concurrency: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Hosts at a time, each asked for one page at a time (default: 16).")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a crawl of the same sites that was interrupted; without one a new crawl begins.")
    ] = False,
    run_id: RunId = None,
    healthcheck: HealthCheck = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Fetch sites politely and read the datasets out of their collaboration pages.

    The environment variable SAMVERKAN_CONTACT holds the e-mail address or URL at which a webmaster reaches you.
    """
    from samverkan.crawl_task import CrawlTask
    from samverkan.healthcheck import telling_monitor

    task = CrawlTask(tuple(names or ()), sites.expanduser().absolute() if sites else None, max_pages, run_id)
    settings: dict[str, object] = {"SAMVERKAN_MAX_TIME": read_duration(max_time)} if max_time else {}
    if concurrency:
        settings["CONCURRENT_REQUESTS"] = concurrency
    with telling_monitor(healthcheck):
        crawl_live(output.expanduser().absolute(), task, settings, resumes=resume)


def crawl_live(output: Path, task: "CrawlTask", settings: dict[str, object], *, resumes: bool) -> None:
    """The crawl of a task, to the summary of its run."""
    from registry.sites import load_sites
    from samverkan.crawl_task import resume_task
    from samverkan.crawling import crawl_sites
    from samverkan.display import count
    from samverkan.held import telling_of_held
    from samverkan.resuming import pointing_to_resume
    from samverkan.summary import tell_run

    if resumes:
        task = resume_task(output, task)
    site_list = load_sites(task.sites)
    check_names(task.names, site_list)
    settings = {**task.settings, **settings}
    title = f"{'Going on with' if task.is_resumed else 'Crawling'} {count(len(set(task.names)) or len(site_list), 'site')}"
    with telling_of_held(output), pointing_to_resume(output):
        manifest = crawl_sites(output, title, settings, run_id=task.run_id, sites=task.names, is_resumed=task.is_resumed)
    tell_run(manifest, output)


def check_names(names: Iterable[str], site_list: "SiteList") -> None:
    """Raises UsageError that names an unknown site, and those that may have been meant."""
    known = [site.id for site in site_list]
    for name in names:
        if name not in known:
            near = get_close_matches(name.casefold(), known, n=3) or [known_id for known_id in known if name.casefold() in known_id][:3]
            hint = f"Did you mean {' or '.join(near)}?" if near else "samverkan sites lists the known ones."
            raise UsageError(f"There is no site {name}. {hint}")


def read_duration(text: str) -> int:
    """Seconds: 5400 of "1h30m". Raises UsageError."""
    found = DURATION.fullmatch(text.strip().lower())
    seconds = sum(int(number) * SECONDS[unit] for unit, number in found.groupdict(default="0").items()) if found else 0
    if not seconds:
        raise UsageError(f"--max-time is a time such as 90s, 30m or 2h, not {text!r}.")
    return seconds
