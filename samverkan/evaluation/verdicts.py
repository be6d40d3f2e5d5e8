"""How many facts hold, by page and rule: counted on annotated pages as the rules' authors rate them, before any calibration.

`python -m samverkan.evaluation.verdicts tests/independent 300 319` counts the pages of these numbers, in the form of `first-readings.csv`.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from parsers.reading import read_page
from samverkan.evaluation.score import Verdict
from samverkan.evaluation.trial import score_pages

FIRST_READINGS = "first-readings.csv"
"""In a folder of annotated pages: what held when the pages were read first, before anybody had tuned a rule to them."""
SITES = "sites.toml"


@dataclass(frozen=True, slots=True)
class Count:
    """The facts of one rule on one page. `set`: of the pages that were annotated together, "200-231"."""

    set: str
    page: str
    dataset: str
    method: str
    confidence: float
    """What the rule's author gave it, two decimals."""
    right: int
    seen: int


def count_folder(folder: Path) -> list[Verdict]:
    """The verdicts on the facts found on a folder's pages, read with the folder's own list of sites where it has one."""
    sites = folder / SITES
    return score_pages(folder, sites if sites.exists() else None, read_page).verdicts


def count_verdicts(verdicts: Iterable[Verdict], set_name: str) -> list[Count]:
    """Verdicts of one set of pages, counted by page and rule, in order."""
    counted: dict[tuple[str, str, str, float], list[int]] = defaultdict(lambda: [0, 0])
    for verdict in verdicts:
        count = counted[verdict.page, verdict.dataset, verdict.method, round(verdict.confidence, 2)]
        count[0] += verdict.holds
        count[1] += 1
    return [Count(set_name, *rule, right, seen) for rule, (right, seen) in sorted(counted.items())]


def load_first_readings(folder: Path) -> list[Count]:
    """The first readings of a folder's sets; none where it has no such file."""
    path = folder / FIRST_READINGS
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Count(row["set"], row["page"], row["dataset"], row["method"], float(row["confidence"]), int(row["right"]), int(row["seen"]))
            for row in csv.DictReader(file)
        ]


def is_between(page: str, first: str, last: str) -> bool:
    """Whether a page's number ("104" of "104-tingsryd-samverkan-tabell") lies in a range."""
    return first <= page.partition("-")[0] <= last


def print_counts(counts: Sequence[Count]) -> None:
    """The lines of a CSV, under no head."""
    csv.writer(sys.stdout, lineterminator="\n").writerows(map(astuple, counts))


if __name__ == "__main__":
    name, first_page, last_page = sys.argv[1:]
    found = [verdict for verdict in count_folder(Path(name)) if is_between(verdict.page, first_page, last_page)]
    print_counts(count_verdicts(found, f"{first_page}-{last_page}"))
