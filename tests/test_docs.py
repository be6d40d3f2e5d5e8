"""The documents say what is so: commands parse, examples run and give what is shown, links lead somewhere, nothing is left out."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.main import get_command

from registry.sites import read_sites
from samverkan.cli import EXAMPLES, app
from samverkan.logs import HANDLER
from schemas.datasets import DATASETS
from schemas.errors import SamverkanError
from tests.doc_examples import DOCUMENTS, ROOT, SAMVERKAN, Example, list_commands, list_examples, split_console

OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
COMMANDS = [line for line in (*list_commands(), *EXAMPLES.values()) if SAMVERKAN.search(line)]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
LINK = re.compile(r"\[[^\]\n]+\]\((?P<target>[^)\s]+)\)")
NUMBER = re.compile(r"\d[\d,.]*")
ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""In shown output "..." stands for anything, and blanks for blanks."""


def run_samverkan(arguments: Sequence[str], folder: Path) -> str:
    """What the program prints on stdout, run in a folder as a user would."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = [sys.executable, "-m", "samverkan", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with `output/demo`, and what `samverkan demo` printed when it was made."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, run_samverkan(["demo"], folder)


@pytest.fixture(scope="module")
def notebooks() -> dict[Path, dict[str, Any]]:
    """The names that the Python examples of each document have defined so far: one may build on those above it."""
    return {document: {} for document in DOCUMENTS}


@pytest.fixture(autouse=True)
def as_loud_as_before() -> Iterator[None]:
    """A documented `--quiet` is over when its line was read: it must not hush the tests that follow."""
    level = HANDLER.level
    yield
    HANDLER.setLevel(level)


def parse_command(arguments: Sequence[str]) -> None:
    """Reads a command line as the program would, without doing anything. Raises what typer raises."""
    program = get_command(app)
    context = program.make_context("samverkan", list(arguments[:1]))
    name, command, _ = program.resolve_command(context, list(arguments))  # type: ignore[attr-defined]
    command.make_context(name, list(arguments[1:]), parent=context)


def split_arguments(line: str) -> list[str]:
    """What stands after the program's name."""
    found = SAMVERKAN.search(line)
    assert found
    return shlex.split(found["arguments"])


@pytest.mark.parametrize("command", [command.__name__ for command in EXAMPLES])
def test_operators_read_of_every_command(command: str) -> None:
    assert f"`samverkan {command}" in OPERATORS


@pytest.mark.parametrize("line", COMMANDS)
def test_documented_command_line_parses(line: str) -> None:
    parse_command(split_arguments(line))


@pytest.mark.parametrize("line", [line for line in COMMANDS if "output/demo" in line or " schema " in line])
def test_documented_command_runs_on_the_demo(line: str, demo: tuple[Path, str]) -> None:
    assert run_samverkan(split_arguments(line), demo[0])


@pytest.mark.parametrize("line", [line for line in list_commands() if line.startswith("make ")])
def test_documented_make_target_exists(line: str) -> None:
    assert shlex.split(line, comments=True)[1] in TARGETS


@pytest.mark.parametrize("line", [line for line in list_commands() if "python -m " in line])
def test_documented_module_exists(line: str) -> None:
    module = line.partition("python -m ")[2].split()[0]
    assert find_spec(module)


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    with pytest.raises(Exception, match="frobnicate"):
        parse_command(["frobnicate"])


@pytest.mark.parametrize(
    ("command", "shown"),
    [pytest.param(*pair, id=f"{example.name} {pair[0][:30]}") for example in list_examples("console") for pair in split_console(example)],
)
def test_console_shows_what_the_program_prints(command: str, shown: str, demo: tuple[Path, str]) -> None:
    folder, demo_output = demo
    assert command == "make demo" or SAMVERKAN.match(command)
    printed = demo_output if command == "make demo" else run_samverkan(split_arguments(command), folder)
    assert_alike(printed, shown)


@pytest.mark.parametrize("example", list_examples("python"), ids=lambda example: example.name)
def test_python_example_gives_what_is_shown(
    example: Example,
    demo: tuple[Path, str],
    notebooks: dict[Path, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(demo[0])
    exec(compile(example.text, example.name, "exec"), notebooks[example.document])
    printed = capsys.readouterr().out
    assert printed.rstrip() == (example.output or "").rstrip()


@pytest.mark.parametrize("example", list_examples("sql"), ids=lambda example: example.name)
def test_sql_example_gives_what_is_shown(example: Example, demo: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo[0])
    result = duckdb.sql(example.text)
    assert result is not None
    assert example.output is None or str(result).rstrip() == example.output.rstrip()
    assert len(result) > 0


@pytest.mark.parametrize("example", list_examples("toml"), ids=lambda example: example.name)
def test_site_list_example_can_be_used(example: Example) -> None:
    assert len(read_sites(example.name, example.text.encode())) > 0


@pytest.mark.parametrize("dataset", DATASETS)
def test_analysts_read_of_every_dataset(dataset: str) -> None:
    assert f"`{dataset}`" in (ROOT / "docs" / "analysts.md").read_text("utf-8")


def test_data_dictionary_has_every_column() -> None:
    text = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    for dataset, record in DATASETS.items():
        section = text.partition(f"\n## {dataset}\n")[2].partition("\n## ")[0]
        assert [f"| `{column}` |" for column in record.columns() if f"\n| `{column}` |" not in section] == []


def test_operators_read_of_every_exit_code() -> None:
    errors: list[type[SamverkanError]] = [SamverkanError, *SamverkanError.__subclasses__()]
    codes = {error.exit_code for error in errors} | {0, 130, 143}
    assert {int(code) for code in re.findall(r"^\| `(\d+)` \|", OPERATORS, re.M)} >= codes


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = [found["target"] for found in LINK.finditer(document.read_text("utf-8"))]
    assert [target for target in targets if not leads_somewhere(document, target)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_paths_named_in_documents_exist(document: Path) -> None:
    words = re.findall(
        r"`((?:archive|benchmarks|docs|parsers|pipelines|registry|samverkan|schemas|spiders|tests)/[\w./-]*)`", document.read_text("utf-8")
    )
    assert [word for word in words if not (ROOT / word).exists()] == []


def leads_somewhere(document: Path, target: str) -> bool:
    """Whether a relative link names a file that is there, and in it a heading; links into the web are not followed."""
    if target.startswith(("http://", "https://")):
        return True
    path, _, anchor = target.partition("#")
    file = document.parent / path if path else document
    return file.exists() and (not anchor or anchor in list_anchors(file))


def list_anchors(document: Path) -> set[str]:
    """The headings of a document as links name them: lower case, blanks as hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def assert_alike(printed: str, shown: str) -> None:
    """The words are the same; numbers may differ: a page that is read better changes them."""
    want, got = (NUMBER.sub("0", text).strip() + "\n" for text in (shown, printed))
    assert doctest.OutputChecker().check_output(want, got, ALIKE), f"shown:\n{shown}\nprinted:\n{printed}"
