"""A program for the tests: a run whose output is refused in one way, in a process of its own because the limit cannot be lifted.

`python -m tests.pipelines.refused_run OUTPUT disk|permission` prints the error that the run ended with.
"""

import os
import random
import resource
import sys
from pathlib import Path

from pipelines.run import Run
from registry.registry import load_registry
from schemas.errors import SamverkanError
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines

LIMIT = 30_000
"""Bytes of a file: more than any small dataset takes, less than the pages below."""


def main() -> None:
    """Ends with the error's exit code."""
    output, way = Path(sys.argv[1]), sys.argv[2]
    load_registry()
    noise = "".join(chr(number) for number in random.Random(1).choices(range(0x4E00, 0x9FA5), k=30_000))  # does not compress
    if way == "disk":
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
    elif os.getuid() == 0:
        os.setuid(65534)
    try:
        with Run.open(output, kind="crawl", run_id="2", sites=SITES, read=read_lines) as run:
            run.add_page(make_page(GR, f"{GR_TEXT}\n{noise}"))
            run.finish()
    except SamverkanError as error:
        print(error)  # noqa: T201
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
