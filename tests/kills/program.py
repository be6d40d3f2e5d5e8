"""The real program, command line and all, with settings that suit a web on loopback: `python -m tests.kills.program crawl ...`.

It counts its steps, each opening, renaming, making or removing of something in the output folder, and where the environment variable
KILLS_AT names the number of one it kills itself there; KILLS_STEPS names a file for how many there were.
"""

import atexit
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

from samverkan import settings
from samverkan.cli import main
from tests.pipelines.dying_run import EVENTS
from tests.spiders.crawling import QUICK

OURS = ("ITEM_PIPELINES", "SAMVERKAN_RUN_ID", "SAMVERKAN_CONTACT")
HURRIED: dict[str, Any] = {name: value for name, value in QUICK.items() if name not in OURS} | {
    "SAMVERKAN_ROBOTS_PATIENCE": 2.5,  # two requests, however busy the machine is
    "DOWNLOAD_TIMEOUT": 20,
}
"""No delays, little patience; contact, run id and pipelines are the program's own affair."""


def count_steps(output: str) -> None:
    """From now on steps are counted, and the one that KILLS_AT names is the last."""
    last, steps = int(os.environ.get("KILLS_AT", "0")), count(1)

    def take(event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS and any(str(argument).startswith(output) for argument in arguments) and next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(take)
    if told := os.environ.get("KILLS_STEPS"):
        atexit.register(lambda: Path(told).write_text(str(next(steps) - 1)))


if __name__ == "__main__":
    for name, value in HURRIED.items():
        setattr(settings, name, value)
    count_steps(sys.argv[sys.argv.index("--output") + 1])
    main()
