"""A program for the tests: the acceptance of a held run, killed at each step that touches the output.

`python -m tests.pipelines.dying_accept FOLDER` prints a JSON object per kill: what `latest` pointed to, whether every file of that run
was whole, and the same after what the next run clears up; and whether acceptance was still refused or needed then.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from pipelines.publish import clear_leftovers, publish_held
from schemas.manifest import read_manifest
from schemas.output import run_folder
from tests.pipelines.dying_run import die_at, examine
from tests.pipelines.held_runs import hold_run


def kill_at(step: int, output: Path) -> bool:
    """Whether the acceptance was killed; False where it was done before it came to the step."""
    child = os.fork()
    if child == 0:
        die_at(step, output)
        publish_held(run_folder(output, "b"), output)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> None:
    """Kills at the first step, the second, and so on until nothing is left to kill."""
    first = Path(sys.argv[1]) / "first"
    hold_run(first)
    step, is_killed = 0, True
    while is_killed:
        step += 1
        output = first.with_name(f"step{step}")
        shutil.copytree(first, output, symlinks=True)
        is_killed = kill_at(step, output)
        before = examine(output)
        clear_leftovers(output)
        status = read_manifest(run_folder(output, "b")).status
        leftovers = [path.name for path in output.rglob(".*") if path.name != ".lock"]
        told = {"killed": is_killed, "before": before, "after": examine(output), "b": status, "leftovers": leftovers}
        print(json.dumps(told))  # noqa: T201
        shutil.rmtree(output)


if __name__ == "__main__":
    main()
