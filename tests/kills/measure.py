"""Kills crawls at random moments, goes on with them, and compares each with one that nothing disturbed.

python -m tests.kills.measure
python -m tests.kills.measure --kills 3 --sites 1 --seed 7
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from shutil import copytree, rmtree

from schemas.manifest import Manifest, read_manifest
from schemas.runs import list_runs
from tests.kills.crawls import Moment, name_phase, read_journal, reading_latest, run_crawl
from tests.kills.judging import compare_archives, compare_datasets, compare_requests, find_leftovers
from tests.kills.web import KillsWeb, serve_kills_web


@dataclass(slots=True)
class Undisturbed:
    """The crawl that the others are compared with: what it was asked for, the seconds to its first request, its steps."""

    output: Path
    run_id: str
    sent: Counter[str]
    start: float
    steps: int


@dataclass(slots=True)
class Killed:
    """A crawl that was killed: when and in which phase, and everything that is to be said against it."""

    kills: list[tuple[Moment, str]] = field(default_factory=list)
    again: int = 0
    """Requests sent a second time."""
    looks: int = 0
    complaints: list[str] = field(default_factory=list)


def measure_kills(folder: Path, kills: int, sites: int, seed: int) -> Iterator[Killed]:
    """So many crawls that are killed, one after the other, as they come."""
    with serve_kills_web(sites, seed) as web:
        base = folder / "base"
        with web.fresh_hosts():  # a published run, so that half of the country is asked for changes only
            ended = run_crawl(base, web.list_sites(folder, share=0.5))
        assert ended.code == 0, ended.errors
        site_list = web.list_sites(folder)
        undisturbed = crawl_undisturbed(web, copytree(base, folder / "undisturbed", symlinks=True), site_list)
        for number, moments in enumerate(choose_moments(Random(seed), kills, undisturbed)):
            output = copytree(base, folder / f"killed{number}", symlinks=True)
            yield kill_crawl(web, output, site_list, moments, undisturbed)
            rmtree(output)


def crawl_undisturbed(web: KillsWeb, output: Path, sites: Path) -> Undisturbed:
    """A crawl that runs to its end."""
    steps = output.with_name("steps")
    began = time.monotonic()
    with web.fresh_hosts():
        ended = run_crawl(output, sites, KILLS_STEPS=str(steps))
        assert ended.code == 0, ended.errors
        start = min(when for host in web.hosts.values() for when, _ in host.log) - began
        return Undisturbed(output, newest_crawl(output).run_id, web.count_requests(), start, int(steps.read_text()))


def choose_moments(random: Random, kills: int, undisturbed: Undisturbed) -> Iterator[list[Moment]]:
    """When to kill each crawl, and every third one once more: at any request, at any step (most of them are its end), while it starts."""

    def choose(kind: int) -> Moment:
        if kind == 4:
            return Moment(seconds=random.uniform(0, undisturbed.start))
        if kind % 2:
            return Moment(step=random.randint(1, undisturbed.steps))
        return Moment(requests=random.randint(1, undisturbed.sent.total()))

    for number in range(kills):
        yield [choose(number % 5), *([choose(random.randrange(2))] if number % 3 == 1 else [])]


def kill_crawl(web: KillsWeb, output: Path, sites: Path, moments: list[Moment], undisturbed: Undisturbed) -> Killed:
    """A crawl that is killed at each of the moments, counted from the start of its parts, and gone on with until it is published."""
    killed, in_flight, before = Killed(), Counter[str](), newest_crawl(output).run_id
    with web.fresh_hosts(), reading_latest(output) as reader:
        for moment in [*moments, Moment()]:
            more = ["--resume"] if killed.kills else []
            ended = run_crawl(output, sites, *more, moment=moment, asked=web.count_all)
            newest = newest_crawl(output).run_id
            run_id = newest if newest != before else ""
            if ended.code != -9:
                break
            killed.kills.append((moment, phase := name_phase(output, run_id)))
            if phase.startswith("publish"):
                break
            web.settle()
            in_flight = web.count_requests() - read_journal(output, run_id)
            web.answer_again(in_flight)
        sent = web.count_requests()
        if ended.code == -9:  # it needs no more answers; whichever run is next ends what it was publishing
            ended = run_crawl(output, sites, "--run-id", "next")
    killed.looks, killed.again = reader.looks, (sent - undisturbed.sent).total()
    killed.complaints += [f"ended with {ended.code}: {ended.errors}"] if ended.code else []
    killed.complaints += [*reader.complaints, *judge_crawl(output, run_id, undisturbed)]
    killed.complaints += compare_requests(sent, undisturbed.sent, in_flight, len(killed.kills))
    return killed


def judge_crawl(output: Path, run_id: str, undisturbed: Undisturbed) -> Iterator[str]:
    """What its datasets, its archive and its leavings have against it."""
    if not run_id or read_manifest(output / "runs" / run_id).status != "published":
        yield f"the run {run_id} was not published"
        return
    yield from compare_datasets(output, run_id, undisturbed.output, undisturbed.run_id)
    yield from compare_archives(output, run_id, undisturbed.output, undisturbed.run_id)
    yield from find_leftovers(output)


def newest_crawl(output: Path) -> Manifest:
    """The crawl that began last, whatever became of it."""
    return list_runs(output)[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--sites", type=int, default=4, help="sites of the made country, besides those with a trouble each")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, killed in enumerate(measure_kills(Path(folder), options.kills, options.sites, options.seed), 1):
            failed += bool(killed.complaints)
            moments = ", ".join(f"{moment} ({phase})" for moment, phase in killed.kills) or "not killed, it was done"
            verdict = "FAIL" if killed.complaints else "pass"
            sys.stdout.write(f"{number:3}  {verdict}  {killed.again:2} sent again  {killed.looks:4} looks  killed at {moments}\n")
            sys.stdout.writelines(f"       {complaint}\n" for complaint in killed.complaints)
            sys.stdout.flush()
    sys.stdout.write(f"{options.kills - failed} of {options.kills} end as the crawl that nothing disturbed\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
