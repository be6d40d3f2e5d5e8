"""Fits the confidence of each rule to what was counted.

The first readings of pages that nobody had tuned a rule to count in full. Today's reading of the same pages counts for little,
and less the more the rules hold there than they did at first: it flatters, but knows the newest rules.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, TypeVar

from pipelines.confidence import Calibration, bound, guess_share
from samverkan.evaluation.verdicts import Count

PRIOR = 20.0
"""A rule is believed to be like those of its number, and a number as guessed, until it has been seen about so often."""
IN_SIGHT = 0.25
"""What a fact on a page that the rules were tuned to weighs beside one at a first reading."""

Key = TypeVar("Key", bound=Hashable)


class Weight(NamedTuple):
    """Facts that hold, and all, as they weigh."""

    right: float = 0.0
    seen: float = 0.0


NOTHING = Weight()


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: `first` at the first readings, `now` by today's rules."""

    first: Sequence[Count]
    now: Sequence[Count]

    def without(self, set_name: str) -> "Counts":
        """All but those of one set."""
        return Counts(*([count for count in counts if count.set != set_name] for counts in (self.first, self.now)))


def fit_calibration(counts: Counts) -> Calibration:
    """The confidence of every rule and number that was counted, two decimals."""
    rates = {dataset: weight.right / weight.seen for dataset, weight in add_up(counts.first, dataset_of).items()}
    discounts = fit_discounts(counts)
    at_level, first, now = weigh(counts.first, level_of), weigh(counts.first, rule_of), weigh(counts.now, rule_of)
    levels = {
        (dataset, raw): shrink(guess_share(raw, rates[dataset]), at_level.get((dataset, raw), NOTHING))
        for dataset, raw in sorted({level_of(count) for count in (*counts.first, *counts.now)})
    }
    rules = {
        (dataset, method, raw): shrink(
            levels[dataset, raw], add_sight(first.get(rule, NOTHING), now.get(rule, NOTHING), discounts.get(dataset, 1.0))
        )
        for rule in sorted(first.keys() | now.keys())
        for dataset, method, raw in [rule]
    }
    return Calibration(bound_all(rates), bound_all(levels), bound_all(rules))


def bound_all(shares: Mapping[Key, float]) -> dict[Key, float]:
    """Shares as confidences."""
    return {key: bound(share) for key, share in shares.items()}


def fit_discounts(counts: Counts) -> dict[str, float]:
    """Dataset -> how much of what holds on pages in sight holds on others: the share at the first readings by today's, at most 1."""
    first, now = add_up(counts.first, dataset_of), add_up(counts.now, dataset_of)
    return {name: min(1.0, first[name].right / first[name].seen * now[name].seen / now[name].right) for name in now if now[name].right}


def shrink(prior: float, weight: Weight) -> float:
    """The share that holds; of few facts it stays near to what was believed before."""
    return (PRIOR * prior + weight.right) / (PRIOR + weight.seen)


def add_sight(first: Weight, now: Weight, discount: float) -> Weight:
    """A rule's first readings, and its reading of pages in sight for the little that it says."""
    return Weight(first.right + IN_SIGHT * discount * now.right, first.seen + IN_SIGHT * now.seen)


def weigh(counts: Iterable[Count], key: Callable[[Count], Key]) -> dict[Key, Weight]:
    """What was counted by a key. The n facts of one page weigh as the root of n: a list that is read wrongly is one mistake, not thirty."""
    weights: dict[Key, Weight] = defaultdict(Weight)
    for (name, _), there in add_up(counts, lambda count: (key(count), count.page)).items():
        weights[name] = Weight(weights[name].right + there.right / sqrt(there.seen), weights[name].seen + sqrt(there.seen))
    return dict(weights)


def add_up(counts: Iterable[Count], key: Callable[[Count], Key]) -> dict[Key, Weight]:
    """What was counted by a key, fact by fact."""
    sums: dict[Key, Weight] = defaultdict(Weight)
    for count in counts:
        sums[key(count)] = Weight(sums[key(count)].right + count.right, sums[key(count)].seen + count.seen)
    return dict(sums)


def dataset_of(count: Count) -> str:
    """Its dataset."""
    return count.dataset


def level_of(count: Count) -> tuple[str, float]:
    """Its dataset, and the number that the rule's author gave."""
    return count.dataset, count.confidence


def rule_of(count: Count) -> tuple[str, str, float]:
    """Its dataset, method and number."""
    return count.dataset, count.method, count.confidence
