"""Of the facts given a confidence, how many hold: `python -m samverkan.evaluation.reliability > docs/reliability.md`.

Each set of pages is judged at its first reading, by a calibration that was fitted to the other sets alone.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from samverkan.evaluation.calibrate import FOLDERS, count_folders
from samverkan.evaluation.fitting import Counts, fit_calibration

EDGES = (0.0, 0.7, 0.8, 0.9, 0.95, 1.0)

HEAD = """\
# Reliability of `confidence`

Made by `make calibration`. Each set of [independent pages](../tests/independent/README.md) was read once before anybody had tuned a
rule to it. What that reading found is judged here with confidences that were fitted to the *other* sets alone: no fact has a part in its
own confidence. “given” is the mean confidence of the facts in a row, “held” the share of them that held. How to use it stands in
[for analysts](analysts.md#confidence-and-what-it-cannot-bear).
"""


class Judged(NamedTuple):
    """Facts of one page and dataset that were given a confidence, and how many of them held."""

    set: str
    page: str
    dataset: str
    confidence: float
    right: int
    seen: int


class Reliability(NamedTuple):
    """Facts that were seen, on how many pages; their mean confidence and the share of them that held, 0 where there is none."""

    seen: int
    pages: int
    given: float
    held: float


def judge_left_out(counts: Counts) -> list[Judged]:
    """All first readings, each set's with the confidences that the other sets give."""
    judged = []
    for name in sorted({count.set for count in counts.first}):
        calibration = fit_calibration(counts.without(name))
        for count in counts.first:
            if count.set == name:
                confidence = calibration.calibrate(count.dataset, count.method, count.confidence)
                judged.append(Judged(name, count.page, count.dataset, confidence, count.right, count.seen))
    return judged


def measure_reliability(judged: Iterable[Judged]) -> Reliability:
    """What some facts were given, and how many held."""
    there = list(judged)
    seen = sum(one.seen for one in there)
    given, held = sum(one.confidence * one.seen for one in there), sum(one.right for one in there)
    return Reliability(seen, len({one.page for one in there}), given / max(1, seen), held / max(1, seen))


def select_between(judged: Iterable[Judged], least: float, most: float) -> list[Judged]:
    """Those given a confidence from `least` to below `most`."""
    return [one for one in judged if least <= one.confidence < most]


def render_reliability(judged: Sequence[Judged]) -> str:
    """The tables as Markdown: by confidence, by dataset, by set."""
    bins = [(f"{least:.2f} to {most - 0.01:.2f}", select_between(judged, least, most)) for least, most in pairwise(EDGES)]
    datasets = [(f"`{name}`", [one for one in judged if one.dataset == name]) for name in sorted({one.dataset for one in judged})]
    sets = [(name, [one for one in judged if one.set == name]) for name in sorted({one.set for one in judged})]
    tables = (("confidence", [*bins, ("all", list(judged))]), ("dataset", datasets), ("set", sets))
    split = [
        (f"{dataset}, {name}", [one for one in there if one.dataset == dataset.strip("`")])
        for dataset, _ in datasets
        for name, there in bins
    ]
    return "\n".join([HEAD, *(line for head, rows in (*tables, ("dataset, confidence", split)) for line in _render_table(head, rows))])


def _render_table(head: str, rows: Iterable[tuple[str, list[Judged]]]) -> Iterator[str]:
    yield f"| {head} | facts | on pages | given | held |\n| --- | ---: | ---: | ---: | ---: |"
    for name, there in rows:
        if there:
            measured = measure_reliability(there)
            yield f"| {name} | {measured.seen} | {measured.pages} | {measured.given:.2f} | {measured.held:.2f} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(render_reliability(judge_left_out(count_folders([Path(name) for name in sys.argv[1:] or FOLDERS]))))
