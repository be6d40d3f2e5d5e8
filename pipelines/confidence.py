"""How sure a fact is: the share of facts like it that hold on pages that nobody tuned the rules to.

`confidence.toml` holds what was counted, `docs/reliability.md` how well it held; both are made by `make calibration`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

from parsers.reading import read_page
from registry.registry import Registry
from registry.sites import Site
from schemas.facts import Contact, DatedFact, Evidence, MemberCount, Membership, Mention, Reading
from schemas.page import Page

LEAST, MOST = 0.05, 0.99
"""No fact is called surer or less sure: the pages counted are too few to tell."""

Fact = TypeVar("Fact", Membership, MemberCount, Contact, DatedFact)
Stated = TypeVar("Stated", Evidence, Mention)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The confidence of facts, by what their rules say. `raw`: the number that a rule's author gave it, two decimals."""

    rates: Mapping[str, float]
    """Dataset -> the share of all its facts that hold."""
    levels: Mapping[tuple[str, float], float]
    """(dataset, raw) -> confidence, whatever the method."""
    rules: Mapping[tuple[str, str, float], float]
    """(dataset, method, raw) -> confidence."""

    def calibrate(self, dataset: str, method: str, raw: float) -> float:
        """A rule's confidence, two decimals: of a rule never seen that of its number, of a number never seen a guess."""
        raw = round(raw, 2)
        known = self.rules.get((dataset, method, raw)) or self.levels.get((dataset, raw))
        return known or bound(guess_share(raw, self.rates[dataset]))


def read_calibrated(page: Page, site: Site | None, registry: Registry) -> Reading:
    """A page as `parsers.reading.read_page` reads it, its confidences calibrated."""
    return calibrate_reading(read_page(page, site, registry), load_calibration())


def calibrate_reading(reading: Reading, calibration: Calibration) -> Reading:
    """The reading with calibrated confidences in place of those that the rules' authors gave."""

    def sure(dataset: str, stated: Stated) -> Stated:
        return replace(stated, confidence=calibration.calibrate(dataset, stated.method, stated.confidence))

    def calibrate_all(dataset: str, facts: list[Fact]) -> list[Fact]:
        return [replace(fact, evidence=sure(dataset, fact.evidence)) for fact in facts]

    return replace(
        reading,
        mentions=[sure("mentions", mention) for mention in reading.mentions],
        members=calibrate_all("members", reading.members),
        member_counts=calibrate_all("member_counts", reading.member_counts),
        contacts=calibrate_all("contacts", reading.contacts),
        dates=calibrate_all("dates", reading.dates),
    )


def guess_share(raw: float, rate: float) -> float:
    """What to expect of a number that a rule's author gave, before anything is counted: half of it is the author's, half the dataset's."""
    return (raw + rate) / 2


def bound(share: float) -> float:
    """A share as a confidence."""
    return round(min(max(share, LEAST), MOST), 2)


@cache
def load_calibration() -> Calibration:
    """The calibration of `confidence.toml`."""
    return read_calibration(files("pipelines").joinpath("confidence.toml").read_text("utf-8"))


def read_calibration(text: str) -> Calibration:
    """A calibration from its TOML."""
    table = tomllib.loads(text)
    levels = {(dataset, float(raw)): line["confidence"] for dataset, there in table.items() for raw, line in there["levels"].items()}
    rules = {
        (dataset, method, float(raw)): line["confidence"]
        for dataset, there in table.items()
        for method, lines in there["methods"].items()
        for raw, line in lines.items()
    }
    return Calibration({dataset: there["rate"] for dataset, there in table.items()}, levels, rules)
