"""What `samverkan schedule` prints can be pasted: cron, a shell and systemd read in it what was meant."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.schedule import Schedule, render_crontab, render_units
from schemas.errors import UsageError
from tests.samverkan.program import ROOT, run
from tests.test_docs import parse_command

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}
CRON_LINE = re.compile(r"(?P<minute>\d+) (?P<hour>\d+) \* \* (?P<weekday>[0-6*]) (?P<command>.+)")
SYSTEMD = shutil.which("systemd-analyze")
NASTY = '100% "my" $HOME\'s'
"""A name of a folder with all that cron, a shell and systemd take for something else."""


def make_schedule(folder: Path, *command: str) -> Schedule:
    return Schedule("01:15", "mon", folder, folder / "out", command, {"SAMVERKAN_CONTACT": "drift@example.org"}, 3600)


def read_cron_line(text: str) -> re.Match[str]:
    """The one line that is no comment, its command as cron hands it to the shell."""
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    unescaped = re.sub(r"\\%", "\0", line)
    assert "%" not in unescaped  # would end the command
    found = CRON_LINE.fullmatch(unescaped.replace("\0", "%"))
    assert found
    return found


def split_units(text: str) -> dict[str, str]:
    """The unit files by their names."""
    parts = re.split(r"^# /etc/systemd/system/(\S+)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_crontab_line_crawls_with_this_checkout_into_this_folder(tmp_path: Path) -> None:
    done = run("schedule", "--at", "3:05", "--on", "sunday", "--max-time", "8h", "--output", "data", cwd=tmp_path, env=CONTACT)
    assert (done.returncode, done.stderr) == (0, "")
    line = read_cron_line(done.stdout)
    assert (line["minute"], line["hour"], line["weekday"]) == ("5", "3", "0")
    words = shlex.split(line["command"])
    assert words[:2] == ["cd", str(ROOT)]
    assert "SAMVERKAN_CONTACT=drift@example.org" in words
    crawl = words[words.index(sys.executable) + 3 : words.index("2>&1")]
    assert crawl == ["crawl", "--resume", "--quiet", "--max-time", "8h", "--output", str(tmp_path / "data")]
    parse_command(crawl)


def test_the_defaults_are_a_night_of_the_week() -> None:
    line = read_cron_line(run("schedule", env=CONTACT).stdout)
    assert (line["minute"], line["hour"], line["weekday"]) == ("15", "1", "1")
    assert "--max-time 6h" in line["command"]
    assert f"--output {Path.cwd() / 'output'}" in line["command"]


def test_a_shell_runs_the_line_as_it_was_meant(tmp_path: Path) -> None:
    folder = tmp_path / NASTY
    folder.mkdir()
    program = "import os, sys; print(os.getcwd(), sys.argv[1], os.environ['SAMVERKAN_CONTACT'], file=sys.stderr)"
    line = read_cron_line(render_crontab(make_schedule(folder, sys.executable, "-c", program, NASTY)))
    done = subprocess.run(["sh", "-c", line["command"]], capture_output=True, text=True, check=True)
    told = f"{folder} {NASTY} drift@example.org\n"
    assert (done.stdout, done.stderr) == (told, "")  # cron mails what is printed
    assert (folder / "out" / "logs" / "cron.log").read_text() == told


@pytest.mark.parametrize(("on", "cron", "calendar"), [("daily", "*", "*-*-* 01:15:00"), ("Wed", "3", "Wed *-*-* 01:15:00")])
def test_a_day_of_the_week_or_every_day(tmp_path: Path, on: str, cron: str, calendar: str) -> None:
    schedule = replace(make_schedule(tmp_path, "true"), on=on)
    assert read_cron_line(render_crontab(schedule))["weekday"] == cron
    assert f"OnCalendar={calendar}\n" in render_units(schedule, "crawler")


def test_the_units_fit_how_a_crawl_ends() -> None:
    done = run("schedule", "--systemd", "--max-time", "2h", "--healthcheck", "https://hc.example.org/x%20y", env=CONTACT)
    units = split_units(done.stdout)
    assert list(units) == ["samverkan-crawl.service", "samverkan-crawl.timer"]
    service, timer = (dict(re.findall(r"^(\w+)=(.*)$", text, re.M)) for text in units.values())
    assert service["WorkingDirectory"] == str(ROOT)
    assert service["SuccessExitStatus"] == "75 143"
    assert service["TimeoutStartSec"] == str(3 * 3600)
    assert service["Environment"] == "SAMVERKAN_CONTACT=drift@example.org SAMVERKAN_HEALTHCHECK=https://hc.example.org/x%%20y"
    assert timer["Persistent"] == "true"
    assert "RandomizedDelaySec" in timer
    assert "OnFailure=" in units["samverkan-crawl.service"]


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not there")
@pytest.mark.parametrize("name", ["plain", NASTY])
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    units = split_units(render_units(make_schedule(folder, sys.executable, "-m", "samverkan", "--output", name), "root"))
    for file, text in units.items():
        (tmp_path / file).write_text(text)
    assert SYSTEMD
    done = subprocess.run([SYSTEMD, "verify", *(str(tmp_path / file) for file in units)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "samverkan" in line]) == (0, [])


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not there")
def test_systemd_notices_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "samverkan-crawl.service").write_text("[Service]\nType=oneshot\nExecStart=/does/not/exist\n")
    assert SYSTEMD
    assert subprocess.run([SYSTEMD, "verify", str(tmp_path / "samverkan-crawl.service")], capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("arguments", "env", "line"),
    [
        ([], {}, "A live crawl needs a contact address"),
        (["--at", "24:00"], CONTACT, "--at is a time of day such as 01:15, not '24:00'."),
        (["--on", "never"], CONTACT, "--on is a day of the week such as mon, or daily, not 'never'."),
        (["--on", "monster"], CONTACT, "--on is a day of the week such as mon, or daily, not 'monster'."),
        (["--max-time", "soon"], CONTACT, "--max-time is a time such as"),
        (["--healthcheck", "x"], CONTACT, "The health check is an address such as"),
        (["--sites", "none.toml"], CONTACT, "none.toml"),
    ],
)
def test_what_a_crawl_would_refuse_is_refused_now(arguments: list[str], env: dict[str, str], line: str) -> None:
    done = run("schedule", *arguments, env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("at", ["1", "01.15", "1:5", "25:00", ""])
def test_what_is_no_time_of_day(tmp_path: Path, at: str) -> None:
    with pytest.raises(UsageError):
        render_crontab(replace(make_schedule(tmp_path), at=at))
