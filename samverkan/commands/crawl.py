"""`samverkan crawl`: sites fetched live."""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, Output, Quiet, RunId, Sites, Verbose
from schemas.errors import UsageError

if TYPE_CHECKING:
    from registry.sites import SiteList

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
    run_id: RunId = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Fetch sites politely and read the datasets out of their collaboration pages.

    The environment variable SAMVERKAN_CONTACT holds the e-mail address or URL at which a webmaster reaches you.
    """
    from registry.sites import load_sites
    from samverkan.crawling import crawl_sites
    from samverkan.display import count
    from samverkan.resuming import pointing_to_resume
    from samverkan.summary import tell_run

    output = output.expanduser().absolute()
    site_list = load_sites(sites)
    check_names(names or [], site_list)
    options = {"sites": sites, "names": " ".join(names or []), "max_pages": max_pages, "max_time": max_time}
    settings: dict[str, object] = {
        "SAMVERKAN_OPTIONS": {name: value for name, value in options.items() if value},
        "SAMVERKAN_SITES": str(sites.absolute()) if sites else "",
    }
    if max_pages:
        settings["SAMVERKAN_MAX_PAGES"] = max_pages
    if max_time:
        settings["SAMVERKAN_MAX_TIME"] = read_duration(max_time)
    task = f"Crawling {count(len(set(names)) if names else len(site_list), 'site')}"
    with pointing_to_resume(output):
        manifest = crawl_sites(output, task, settings, run_id=run_id, sites=names or ())
    tell_run(manifest, output)


def check_names(names: list[str], site_list: "SiteList") -> None:
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
