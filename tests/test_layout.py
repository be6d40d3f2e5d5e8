"""The house stands as it is drawn: layers, names, docstrings, and nothing of anybody's machine in the repository."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
# A path on somebody's machine: /home/<name>, /Users/<name>; not "/hem/kommun", nor "example.org/home/sidor"
MACHINE_PATH = re.compile(rb"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+/?")
# Hosts of package indexes, and the options that name one with its address
INDEX = re.compile(rb"pypi[.]org|pythonhosted[.]org|index-url[ =]+\S*:/")


def list_files() -> list[Path]:
    """The files of the repository: those that git knows, and new ones that it does not ignore."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def list_sources() -> list[Path]:
    """Our Python files, those of the tests left out."""
    return [path for package in (*PACKAGES, "benchmarks") for path in sorted((ROOT / package).rglob("*.py"))]


def find_imports(source: Path) -> Iterator[str]:
    """The names of the modules that a file imports, at its top or anywhere within."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_layers_hold() -> None:
    lint = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout


def test_every_package_is_installed_typed_and_linted() -> None:
    folders = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    assert folders == sorted([*PACKAGES, "benchmarks"])
    assert PROJECT["tool"]["importlinter"]["root_packages"] == PACKAGES
    assert set(PROJECT["tool"]["mypy"]["packages"]) >= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_provides_our_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"samverkan"}


def test_every_module_says_what_it_is_about() -> None:
    assert [str(path) for path in list_sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


@pytest.mark.parametrize("package", [*PACKAGES, "benchmarks"])
def test_contributors_read_of_every_folder(package: str) -> None:
    assert f"| `{package}/` |" in (ROOT / "docs" / "contributors.md").read_text("utf-8")


def test_beautiful_soup_reads_cards_only() -> None:
    users = [str(path.relative_to(ROOT)) for path in list_sources() if any(name.split(".")[0] == "bs4" for name in find_imports(path))]
    assert users == ["parsers/contacts/cards.py"]


def test_imports_are_absolute() -> None:
    assert [str(path) for path in list_sources() if any(name.startswith(".") for name in find_imports(path))] == []


def test_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_repository_names_no_machine_and_no_package_index() -> None:
    content = {path: path.read_bytes() for path in list_files()}
    found = {
        str(path.relative_to(ROOT)): hit[0] for path, text in content.items() if (hit := MACHINE_PATH.search(text) or INDEX.search(text))
    }
    assert found == {}


def test_lock_names_no_host() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("parts", [("see /home", "/anna/samverkan"), ('"/Users', '/anna/x.py"'), ("https://pypi", ".org/simple")])
def test_a_machine_or_an_index_would_be_noticed(parts: tuple[str, str]) -> None:
    text = "".join(parts).encode()  # in two parts, so that this file is not found itself
    assert MACHINE_PATH.search(text) or INDEX.search(text)
