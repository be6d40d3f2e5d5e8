"""Pages that no person would write and some program does, each with the time and memory that its reading takes.

`python -m tests.parsers.monstrous_pages` reads each in a process of its own and prints CPU seconds, growth of the peak memory, issues.
"""

import resource
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from schemas.facts import Reading
from tests.parsers.test_reading import read_bytes
from tests.spiders.crawling import CLEAN

FACT = "<h1>Samverkan</h1><p>SOLTAK AB ägs av Stenungsunds kommun och Tjörns kommun.</p>"
"""Stands at the beginning of every monstrous page: what comes before the monster is read."""
MONSTERS: Mapping[str, Callable[[], str]] = {
    "200,000 elements": lambda: "<div><p>Ale kommun <b>och</b> Lerum</p></div>" * 67_000,
    "200,000 tags": lambda: "<i></i>" * 100_000,
    "5 million tags": lambda: "<p>a" * 5_000_000,
    "20 MB of members": lambda: "<p>Ale kommun och Lerums kommun ingår i kommunalförbundet Göteborgsregionen.</p>" * 250_000,
    "20 MB of people": lambda: "".join(f"<p>Eva Ek{i}, telefon 0303-{i:06}, e-post a{i}@ale.se, Mo{i} kommun" for i in range(290_000)),
    "20 MB in four bytes a letter": lambda: "<p>\U0001f600" + "Ale kommun " * 1_800_000,
    "nested 20,000 deep": lambda: "<div>" * 20_000 + "Ale kommun",
    "tables nested 20,000 deep": lambda: "<table><tr><td>x" * 20_000,
    "400 times nested 200 deep": lambda: ("<ul><li>" * 100 + "Ale kommun" + "</li></ul>" * 100) * 400,
    "one line of 5 MB": lambda: "<p>" + "Ale kommun och Lerums kommun samverkar med varandra, " * 95_000,
    "one word of 5 MB": lambda: "<p>" + "a" * 5_000_000,
    "100,000 links": lambda: "".join(f'<li><a href="/sida/{i}">Sida {i} om samverkan</a></li>' for i in range(100_000)),
    "100,000 links in one line": lambda: "".join(f'<a href="/sida/{i}">Ale kommun {i}</a> ' for i in range(100_000)),
    "100,000 members": lambda: "<h2>Medlemmar</h2><ul>" + "<li>Ale kommun</li>" * 100_000,
    "100,000 headings": lambda: "<h2>Nyheter</h2><h3>Läs mer</h3>" * 50_000,
    "100,000 cells": lambda: "<table>" + "<tr><td>Ale kommun<td>Lerum" * 50_000,
    "cells that span everything": lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 10_000,
    "200,000 attributes": lambda: "<p " + " ".join(f"a{i}=x" for i in range(200_000)) + ">Ale kommun</p>",
    "1 million comments": lambda: "<!-- x -->" * 1_000_000,
    "300,000 scripts": lambda: "<script>a='x@y.se'</script>" * 300_000,
    "300,000 e-mail addresses": lambda: "<p>" + " ".join(f"a{i}@ale.se" for i in range(300_000)),
    "20,000 posts of one person": lambda: "".join(f"<p>Eva Ekdal, handläggare {i}, 0303-{i:06}</p>" for i in range(20_000)),
    "2 million halves of an address": lambda: "<p>" + "a@" * 2_000_000,
    "200,000 dates": lambda: "<p>" + "den 1 januari 2020 " * 200_000,
    "100,000 records for machines": lambda: '<script type="application/ld+json">{"dateModified":"2020-01-01"}</script>' * 100_000,
    "lists in lists for machines": lambda: '<script type="application/ld+json">' + "[" * 1_000_000 + "</script>",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What the reading of one page took, and what came of it."""

    megabytes: float
    cpu_seconds: float
    peak_growth: float
    """Megabytes by which the process grew at its largest."""
    owners: int
    """Members read of the fact at the beginning."""
    codes: tuple[str, ...]


def read_monster(name: str) -> Reading:
    """The reading of a monstrous page."""
    return read_bytes(f"<body>{FACT}{MONSTERS[name]()}".encode(), None, "text/html; charset=utf-8")


def measure_monster(name: str) -> Cost:
    """Reads it in this process, which should have done nothing else before."""
    read_bytes(FACT.encode(), None)  # the registry and all tables are loaded
    body = f"<body>{FACT}{MONSTERS[name]()}".encode()
    memory, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    reading = read_bytes(body, None, "text/html; charset=utf-8")
    seconds, growth = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    codes = tuple(sorted({issue.code for issue in reading.issues}))
    return Cost(len(body) / 1e6, seconds, growth / 1024, count_owners(reading), codes)


def count_owners(reading: Reading) -> int:
    """How many owners were read of SOLTAK, the fact at the beginning."""
    return sum("soltak" in fact.organisation_id and fact.role == "owner" for fact in reading.members)


def measure_apart(name: str) -> Cost:
    """Reads it in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=CLEAN) as pool:
        return pool.submit(measure_monster, name).result()


def main() -> None:
    """Prints a line for each."""
    print(f"{'page':32}{'MB':>8}{'CPU s':>8}{'peak MB':>9}  issues")  # noqa: T201
    for name in MONSTERS:
        cost = measure_apart(name)
        print(f"{name:32}{cost.megabytes:8.1f}{cost.cpu_seconds:8.2f}{cost.peak_growth:9.0f}  {', '.join(cost.codes)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
