"""Runs that several tests look at."""

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.samverkan.program import run


class Demo(NamedTuple):
    """`samverkan demo`, run once."""

    output: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    return Demo(folder / "output" / "demo", run("demo", cwd=folder))
