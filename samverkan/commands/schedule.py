"""`samverkan schedule`: a crawl on a schedule, ready to paste."""

import os
import sys
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from samverkan.options import LIVE, HealthCheck, Output, Quiet, Sites, Verbose

if TYPE_CHECKING:
    from samverkan.schedule import Schedule


def schedule(
    is_systemd: Annotated[bool, typer.Option("--systemd", help="Print a systemd service and timer instead of a crontab line.")] = False,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="The time of day, that of the machine.")] = "01:15",
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of the week, or daily.")] = "mon",
    max_time: Annotated[str, typer.Option(metavar="T", help="Time for the whole crawl: 90s, 30m, 2h.")] = "6h",
    output: Output = LIVE,
    sites: Sites = None,
    healthcheck: HealthCheck = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print a crontab line, or a systemd service and timer, that crawls into this output folder with this checkout.

    The environment variable SAMVERKAN_CONTACT is taken over.
    """
    from samverkan.display import print_whole
    from samverkan.schedule import render_crontab, render_units

    plan = make_schedule(at, on, max_time, output, sites, healthcheck)
    print_whole((render_units(plan, getuser()) if is_systemd else render_crontab(plan)).rstrip("\n"))


def make_schedule(at: str, on: str, max_time: str, output: Path, sites: Path | None, healthcheck: str | None) -> "Schedule":
    """The schedule of this checkout. Raises UsageError where a crawl would be refused: no contact, no site list, no such time."""
    from registry.sites import load_sites
    from samverkan.commands.crawl import read_duration
    from samverkan.healthcheck import HealthCheck
    from samverkan.schedule import Schedule
    from samverkan.settings import USER_AGENT
    from spiders.identity import make_user_agent

    variables = {"SAMVERKAN_CONTACT": os.environ.get("SAMVERKAN_CONTACT", "").strip()}
    make_user_agent(USER_AGENT, variables["SAMVERKAN_CONTACT"])
    if healthcheck:
        HealthCheck(healthcheck)
        variables["SAMVERKAN_HEALTHCHECK"] = healthcheck.strip()
    if sites:
        load_sites(sites)
    output = output.expanduser().absolute()
    options = [
        "--resume",
        "--quiet",
        "--max-time",
        max_time,
        "--output",
        str(output),
        *(["--sites", str(sites.absolute())] if sites else []),
    ]
    command = (str(Path(sys.executable).absolute()), "-m", "samverkan", "crawl", *options)
    return Schedule(at, on, find_checkout(), output, command, variables, read_duration(max_time))


def find_checkout() -> Path:
    """The folder of the checkout that this program runs from; where it was installed without one, the working directory."""
    root = Path(__file__).parents[2]
    return root if (root / "pyproject.toml").is_file() else Path.cwd()
