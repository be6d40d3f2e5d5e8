"""The score of a run: precision, recall and F1 per kind of fact, counted over all pages, and shares of what is right beside that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samverkan.evaluation.annotations import LISTS

TALLIES = (*LISTS, "reachable")
"""`reachable`: contacts that can be reached, without office holders and persons quoted."""


@dataclass(slots=True)
class Tally:
    """Right, extra and missed facts."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, right: int, extra: int, missed: int) -> None:
        """Those of one page."""
        self.right += right
        self.extra += extra
        self.missed += missed

    def measure(self) -> dict[str, float]:
        """Precision, recall, F1 (four decimals) and the counts; what cannot be wrong is 1."""
        precision = self.right / (self.right + self.extra) if self.right + self.extra else 1.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rounded = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return rounded | {"tp": self.right, "fp": self.extra, "fn": self.missed}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that differs from the annotation. `words`: those of the page that it is about."""

    page: str
    what: str
    detail: tuple[str, ...]
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fact that was found holds: its row says nothing that the annotation does not say. What counts neither way has none."""

    page: str
    dataset: str
    method: str
    confidence: float
    holds: bool


@dataclass(slots=True)
class Score:
    """Filled page by page."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """What is right, of how many."""
    misses: list[Miss] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def count(self, share: str, right: int, of: int = 1) -> None:
        """Adds to a share."""
        self.shares[share][0] += right
        self.shares[share][1] += of

    def miss(self, page: str, what: str, *detail: object, words: str | None = None) -> None:
        """Notes a single difference."""
        self.misses.append(Miss(page, what, tuple(show(part) for part in detail), words))

    def judge(self, page: str, dataset: str, row: Mapping[str, Any], *, holds: bool) -> None:
        """Notes whether a row holds."""
        self.verdicts.append(Verdict(page, dataset, row["method"], row["confidence"], holds))

    def measure(self) -> dict[str, Any]:
        """All figures, rounded to four decimals."""
        measured: dict[str, Any] = {name: self.tallies[name].measure() for name in TALLIES}
        accuracy = {name: round(right / of, 4) if of else None for name, (right, of) in sorted(self.shares.items())}
        mean = round(sum(measured[name]["f1"] for name in LISTS) / len(LISTS), 4)
        return measured | {"accuracy": accuracy, "mean_f1": mean}


def show(value: object) -> str:
    """A value in words."""
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
