"""What the program says of itself."""

import subprocess
import sys
import time
import tomllib

import pytest

from samverkan.cli import EXAMPLES
from tests.samverkan.program import ROOT, environment, run

COMMANDS = [command.__name__ for command in EXAMPLES]


def test_the_help_lists_the_commands_and_no_others() -> None:
    lines = run("--help").stdout.splitlines()
    at = next(index for index, line in enumerate(lines) if "Commands" in line)
    listed = [line.split()[1] for line in lines[at + 1 :] if line.startswith("│ ") and line[2] != " "]
    assert listed == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example: " in done.stdout
    assert f"samverkan {command}" in done.stdout.partition("Example: ")[2]
    assert {"--quiet", "--verbose"} <= set(done.stdout.split())


def test_help_imports_nothing_heavy() -> None:
    heavy = {"scrapy", "pyarrow", "pandas", "bs4", "lxml", "pydantic", "duckdb"}
    code = f"import sys, samverkan.cli; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_comes_at_once() -> None:
    durations = []
    for _ in range(3):
        start = time.perf_counter()
        run("--help")
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.8  # 0.3 s on a machine that does nothing else


def test_the_version_is_that_of_the_package() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["version"]["path"] == "samverkan/__init__.py"
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, "samverkan 0.1.0\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["exract"], "samverkan: No such command 'exract'"),
        (["extract"], "samverkan: Missing argument 'ARCHIVE...'. See: samverkan extract --help"),
        (["runs", "--jsn"], "samverkan: No such option: --jsn (Possible options: --json). See: samverkan runs --help"),
        (["crawl", "--max-pages", "many"], "samverkan: Invalid value for '--max-pages'"),
        (["crawl", "--max-time", "soon"], "samverkan: --max-time is a time such as 90s, 30m or 2h, not 'soon'."),
        (["schema", "memers"], "samverkan: There is no dataset memers. Did you mean members?"),
        (["schema", "members", "--format", "yaml"], "samverkan: Invalid value for '--format'"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], line: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_no_command_shows_the_help() -> None:
    done = run()
    assert done.returncode == 2
    assert "Usage: samverkan" in done.stdout
    assert done.stderr == ""
