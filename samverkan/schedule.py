"""A crawl on a schedule, for this checkout: a line of a crontab, or a systemd service and its timer. The texts stand in `units/`."""

import re
import shlex
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from schemas.errors import UsageError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAILY = "daily"
FINISHING = 3600
"""Seconds after a crawl's own time limit in which systemd lets it end: the last sites, and the run put together."""
# "01:15", "7:05"; not "24:00" or "1.15"
_TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When, and what is called. Paths are absolute; `variables` are set for the crawl alone."""

    at: str
    on: str
    folder: Path
    output: Path
    command: tuple[str, ...]
    variables: dict[str, str]
    seconds: int
    """The crawl's own time limit."""

    @property
    def time(self) -> tuple[int, int]:
        """Hour and minute. Raises UsageError where `at` is none."""
        found = _TIME.fullmatch(self.at.strip())
        if not found:
            raise UsageError(f"--at is a time of day such as 01:15, not {self.at!r}.")
        return int(found["hour"]), int(found["minute"])

    @property
    def weekday(self) -> int | None:
        """The place in WEEKDAYS, None for every day. Raises UsageError where `on` is neither; three letters are enough."""
        day = self.on.strip().casefold()
        found = [number for number, name in enumerate(WEEKDAYS) if len(day) >= 3 and name.startswith(day)]
        if day != DAILY and not found:
            raise UsageError(f"--on is a day of the week such as mon, or {DAILY}, not {self.on!r}.")
        return found[0] if found else None


def render_crontab(schedule: Schedule) -> str:
    """A comment and one line for `crontab -e`."""
    hour, minute = schedule.time
    logs = schedule.output / "logs"
    variables = [f"{name}={shlex.quote(value)}" for name, value in schedule.variables.items()]
    crawl = " ".join([*variables, shlex.join(schedule.command)])
    steps = [f"cd {shlex.quote(str(schedule.folder))}", f"mkdir -p {shlex.quote(str(logs))}", crawl]
    command = f"{' && '.join(steps)} 2>&1 | tee -a {shlex.quote(str(logs / 'cron.log'))}"
    weekday = "*" if schedule.weekday is None else (schedule.weekday + 1) % 7  # cron's week begins with Sunday, 0
    return _fill("crontab", minute=minute, hour=hour, weekday=weekday, command=_escape_cron(command))


def render_units(schedule: Schedule, user: str) -> str:
    """The service and its timer, each under the name of the file that it is to stand in."""
    hour, minute = schedule.time
    service = _fill(
        "samverkan-crawl.service",
        user=user,
        folder=str(schedule.folder).replace("%", "%%"),
        environment=" ".join(_quote_unit(f"{name}={value}") for name, value in schedule.variables.items()),
        command=" ".join(_quote_unit(word).replace("$", "$$") for word in schedule.command),
        timeout=schedule.seconds + FINISHING,
    )
    day = "" if schedule.weekday is None else f"{WEEKDAYS[schedule.weekday][:3].capitalize()} "
    return service + "\n" + _fill("samverkan-crawl.timer", calendar=f"{day}*-*-* {hour:02}:{minute:02}:00")


def _fill(name: str, **values: object) -> str:
    return Template((files("samverkan") / "units" / name).read_text("utf-8")).substitute(values)


def _escape_cron(command: str) -> str:
    """cron takes "%" for the end of a line. It drops the backslash before it, also within quotes."""
    return command.replace("%", r"\%")


def _quote_unit(word: str) -> str:
    """A word of a unit file: between quotes where it needs them; "%" is doubled, which else begins a specifier."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if re.search(r"[\s\"';\\]", word) or not word else escaped
