"""Crawls as an operator runs them, killed at a moment, and somebody who reads `latest` all the while."""

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from archive.recovery import recover_warc
from schemas.manifest import read_manifest
from schemas.output import failures_file, latest_run, warc_file
from tests.samverkan.program import ROOT, environment

PATIENCE = 120
"""Seconds after which a crawl of this web counts as hanging."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a crawl is killed: after so many seconds, at so many requests, or at a step of its own (tests/kills/program.py)."""

    seconds: float = inf
    requests: float = inf
    step: int = 0

    def __str__(self) -> str:
        """ "request 41" """
        return f"step {self.step}" if self.step else f"request {self.requests}" if self.requests < inf else f"{self.seconds:.2f} s"


@dataclass(slots=True)
class Ended:
    """How a process ended: its exit code (-9: killed), what it said."""

    code: int
    errors: str


def run_crawl(output: Path, sites: Path, *more: str, moment: Moment = Moment(), asked: Callable[[], int] = lambda: 0, **env: str) -> Ended:
    """`samverkan crawl` into an output folder, to its end or until it is killed; `asked` tells how many requests there were."""
    command = [sys.executable, "-m", "tests.kills.program", "crawl", "--sites", str(sites), "--output", str(output), "--quiet", *more]
    surroundings = environment(SAMVERKAN_CONTACT="drift@example.org", KILLS_AT=str(moment.step), **env)
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and (lived := time.monotonic() - began) < PATIENCE:
        if lived >= moment.seconds or asked() >= moment.requests:
            process.kill()
        time.sleep(0.002)
    process.kill()  # harmless where it has ended
    _, errors = process.communicate()
    return Ended(process.returncode, errors.strip())


def name_phase(output: Path, run_id: str) -> str:
    """What a crawl was doing when it was killed, by what it left."""
    if not run_id:
        return "start"
    if (output / "runs" / run_id).exists():
        return "published" if not (output / "runs" / run_id / ".publishing").exists() else "publishing"
    if any(output.glob(f"archive/*{run_id}.wacz*")):
        return "packing"
    return "crawl" if warc_file(output, run_id).exists() else "start"


def read_journal(output: Path, run_id: str) -> Counter[str]:
    """How often each address was answered, or failed, as an unfinished crawl remembers it."""
    with TemporaryDirectory() as folder:
        warc = warc_file(output, run_id)
        exchanges = recover_warc(Path(copy(warc, folder))) if warc.exists() else []
    failures = failures_file(output, run_id)
    lines = failures.read_bytes().rpartition(b"\n")[0].splitlines() if failures.exists() else []
    return Counter(exchange.url for exchange in exchanges) + Counter(json.loads(line)["url"] for line in lines)


@dataclass(slots=True)
class Reader:
    """Reads `latest` again and again, all files by their hashes."""

    output: Path
    looks: int = 0
    complaints: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Looks once."""
        self.looks += 1
        if (latest := latest_run(self.output)) is None:
            self.complaints.append("there is no latest")
            return
        manifest = read_manifest(latest)
        if manifest.status != "published":
            self.complaints.append(f"latest is {manifest.status}")
        for name, sha256 in manifest.files.items():
            file = self.output / name if name.startswith("archive/") else latest / name
            if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                self.complaints.append(f"{name} of {latest.name} is not whole")


@contextmanager
def reading_latest(output: Path) -> Iterator[Reader]:
    """Somebody reads until the block is left."""
    reader, done = Reader(output), threading.Event()

    def read() -> None:
        while not done.wait(0.05):
            reader.look()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield reader
    finally:
        done.set()
        thread.join()
    reader.look()
