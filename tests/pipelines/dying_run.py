"""A program for the tests: runs that are killed while they finish, at many of the steps that touch the output.

`python -m tests.pipelines.dying_run OUTPUT [linkless]` prints a JSON object per kill: what `latest` pointed to, whether every file
of that run was whole, and how things stood after the next run. `linkless`: where no symbolic link can be made.
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from pipelines.run import Run
from registry.registry import load_registry
from schemas.manifest import read_manifest
from schemas.output import latest_run
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines

DENSE = 45
"""From here on a run is killed at every step: the datasets are written by then, what follows publishes them."""

EVENTS = frozenset({"open", "os.rename", "os.symlink", "os.mkdir", "os.remove"})


def die_at(step: int, output: Path) -> None:
    """From now on this process kills itself when it touches the output for the n-th time."""
    left = step

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in EVENTS and any(str(argument).startswith(str(output)) for argument in arguments):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def forbid_links() -> None:
    """From now on the system makes no symbolic link for this process and its children, as on a FAT disk."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.symlink":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    sys.addaudithook(refuse)


def finish_run(output: Path, run_id: str, step: int) -> None:
    """A run that dies at a step of its end; at step 0 it lives."""
    with Run.open(output, kind="crawl", run_id=run_id, sites=SITES, read=read_lines) as run:
        run.add_page(make_page(GR, GR_TEXT))
        if step:
            die_at(step, output)
        run.finish()


def kill_at(step: int, output: Path) -> bool:
    """Whether the run was killed; False where it finished before it came to the step."""
    child = os.fork()
    if child == 0:
        finish_run(output, "2", step)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def examine(output: Path) -> dict[str, Any]:
    """What a reader of `latest` finds."""
    latest = latest_run(output)
    assert latest
    manifest = read_manifest(latest)
    places = {name: (output if name.startswith("archive/") else latest) / name for name in manifest.files}
    hashes = {name: hashlib.sha256(place.read_bytes()).hexdigest() for name, place in places.items()}
    return {"latest": latest.name, "status": manifest.status, "whole": hashes == manifest.files}


def follow(output: Path) -> None:
    """A run that nothing kills, in a process of its own."""
    child = os.fork()
    if child == 0:
        finish_run(output, "3", 0)
        os._exit(0)
    os.waitpid(child, 0)


def main() -> None:
    """Kills a second run at some of the first steps and at each of the last ones, and lets a third one follow."""
    load_registry()  # once, not in every child
    if "linkless" in sys.argv[2:]:
        forbid_links()
    first = Path(sys.argv[1])
    finish_run(first, "1", 0)
    step = 0
    is_killed = True
    while is_killed:
        step += 1 if step >= DENSE else 9
        output = first.with_name(f"step{step}")
        shutil.copytree(first, output, symlinks=True)
        is_killed = kill_at(step, output)
        before = examine(output)
        follow(output)
        manifests = {folder.name: read_manifest(folder) for folder in (output / "runs").iterdir()}
        runs = {run_id: [manifest.status, manifest.exit_code] for run_id, manifest in manifests.items()}
        leftovers = [path.name for path in output.rglob(".*") if path.name != ".lock"]
        print(json.dumps({"killed": is_killed, **before, "after": examine(output), "runs": runs, "leftovers": leftovers}))  # noqa: T201
        shutil.rmtree(output)


if __name__ == "__main__":
    main()
