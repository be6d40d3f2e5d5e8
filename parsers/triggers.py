"""The turns of phrase that state memberships (`relations.toml`), found in a sentence."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from parsers.numbers import NUMBER
from parsers.sentences import Sentence

WORDS = tomllib.loads(files("parsers").joinpath("relations.toml").read_text("utf-8"))
NOT_NOW = re.compile("|".join(WORDS["not_now"].values()), re.I)
FORMER = re.compile(WORDS["not_now"]["former"], re.I)
# What follows no longer lists: "pengar av Vinnova för ..., tillsammans med kommunerna"
ASIDE = re.compile(r", (?:tillsammans med|ihop med|där|vilket|vilka|men|medan|för att|så att)\b")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A turn of phrase; `relations.toml` says what the fields mean."""

    name: str
    shape: str
    role: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    may_omit_body: bool
    body_follows: bool

    def find(self, sentence: str, lower: str) -> Iterator[re.Match[str]]:
        """Where it stands in a sentence, which is also given in lower case."""
        return self.pattern.finditer(sentence) if any(stem in lower for stem in self.needs) else iter(())


def read_trigger(entry: dict[str, Any]) -> Trigger:
    """One entry of `relations.toml`."""
    pattern = re.compile(entry["pattern"].replace("{num}", NUMBER), re.I)
    flags = entry.get("may_omit_body", False), entry.get("body_follows", False)
    return Trigger(entry["name"], entry["shape"], entry["role"], pattern, tuple(entry["needs"]), *flags)


TRIGGERS = tuple(map(read_trigger, WORDS["trigger"]))


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger in its sentence with the room before and after it, in offsets of the page's text."""

    trigger: Trigger
    sentence: Sentence
    left: int
    start: int
    end: int
    right: int


def split_clauses(sentence: Sentence) -> Iterator[Clause]:
    """The triggers of a sentence, the first that fits at each place, each with its room up to the next."""
    hits: list[tuple[int, int, Trigger]] = []
    lower = sentence.text.lower()
    for trigger in TRIGGERS:
        for hit in trigger.find(sentence.text, lower):
            if all(hit.end() <= start or hit.start() >= end for start, end, _ in hits):
                hits.append((hit.start(), hit.end(), trigger))
    hits = sorted((hit for hit in hits if len(hits) == 1 or hit[2].name != "with_others"), key=lambda hit: hit[0])
    for index, (start, end, trigger) in enumerate(hits):
        left = hits[index - 1][1] if index else 0
        right = hits[index + 1][0] if index + 1 < len(hits) else len(sentence.text)
        if trigger.shape in ("after", "joined", "inside") and (stop := ASIDE.search(sentence.text, end, right)):
            right = stop.start()
        yield Clause(trigger, sentence, sentence.start + left, sentence.start + start, sentence.start + end, sentence.start + right)
