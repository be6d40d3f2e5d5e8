"""Counts, fits and prints the confidence of every rule: `python -m samverkan.evaluation.calibrate > pipelines/confidence.toml`.

Other folders of annotated pages than the repository's may be named behind it.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.confidence import Calibration
from samverkan.evaluation.fitting import NOTHING, Counts, Weight, add_up, dataset_of, fit_calibration, fit_discounts, level_of, rule_of
from samverkan.evaluation.verdicts import Count, count_folder, count_verdicts, load_first_readings

FOLDERS = ("tests/pages", "tests/independent")

HEAD = """\
# How sure facts are. Made by `make calibration`, which counts the facts that hold on the annotated pages; not to be edited by hand.
# `first`: facts that held, and all, when pages were read first, before anybody had tuned a rule to them
#     (tests/independent/first-readings.csv).
# `now`: the same of today's rules on all annotated pages, which were in sight when the rules were written.
# `rate`: the share of a dataset's facts that held at first. `discount`: how much of what holds on pages in sight holds on others.
# `levels`: by the number that a rule's author gave; `methods`: by method and that number. What stands in neither gets the mean of
#     its number and the rate.
"""


def count_folders(folders: Iterable[Path]) -> Counts:
    """First readings and today's of some folders of annotated pages; pages without a first reading are a set by their folder's name."""
    first: list[Count] = []
    now: list[Count] = []
    for folder in folders:
        readings = load_first_readings(folder)
        sets = {count.page: count.set for count in readings}
        verdicts = count_folder(folder)
        for name in sorted({*sets.values(), folder.name}):
            now += count_verdicts([verdict for verdict in verdicts if sets.get(verdict.page, folder.name) == name], name)
        first += readings
    return Counts(first, now)


def render_calibration(calibration: Calibration, counts: Counts) -> str:
    """The calibration as TOML, beside each figure what was counted."""
    return "\n".join([HEAD, *(line for dataset in sorted(calibration.rates) for line in _render_dataset(dataset, calibration, counts))])


def _render_dataset(dataset: str, calibration: Calibration, counts: Counts) -> Iterator[str]:
    by_dataset, by_level, by_rule = (
        [add_up(there, key) for there in (counts.first, counts.now)] for key in (dataset_of, level_of, rule_of)
    )
    yield f"[{dataset}]"
    yield f"rate = {calibration.rates[dataset]}"
    yield f"discount = {fit_discounts(counts).get(dataset, 1.0):.2f}"
    yield _render_counts(*(there.get(dataset, NOTHING) for there in by_dataset)).replace("], ", "]\n")
    yield f"\n[{dataset}.levels]"
    for (name, raw), confidence in sorted(calibration.levels.items()):
        if name == dataset:
            yield f'"{raw:.2f}" = ' + _render_line(confidence, *(there.get((dataset, raw), NOTHING) for there in by_level))
    yield f"\n[{dataset}.methods]"
    for (name, method, raw), confidence in sorted(calibration.rules.items()):
        if name == dataset:
            yield f'{method}."{raw:.2f}" = ' + _render_line(confidence, *(there.get((dataset, method, raw), NOTHING) for there in by_rule))
    yield ""


def _render_line(confidence: float, first: Weight, now: Weight) -> str:
    return f"{{ confidence = {confidence:.2f}, {_render_counts(first, now)} }}"


def _render_counts(first: Weight, now: Weight) -> str:
    return ", ".join(f"{name} = [{there.right:.0f}, {there.seen:.0f}]" for name, there in (("first", first), ("now", now)))


if __name__ == "__main__":
    counted = count_folders([Path(name) for name in sys.argv[1:] or FOLDERS])
    sys.stdout.write(render_calibration(fit_calibration(counted), counted))
