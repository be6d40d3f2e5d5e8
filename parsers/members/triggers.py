"""The turns of phrase that state memberships (`relations.toml`), found in a sentence."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import ahocorasick

from parsers.members.numbers import NUMBER
from parsers.page.sentences import Sentence
from schemas.facts import Mention

WORDS = tomllib.loads(files("parsers.members").joinpath("relations.toml").read_text("utf-8"))
NOT_NOW = re.compile("|".join(WORDS["not_now"].values()), re.I)
FORMER = re.compile(WORDS["not_now"]["former"], re.I)
# What follows no longer lists: "pengar av Vinnova för ..., tillsammans med kommunerna"
ASIDE = re.compile(r", (?:tillsammans med|ihop med|där|vilket|vilka|men|medan|för att|så att)\b")


# "är med i BODY, en samverkan som Region Värmland samordnar": what explains the body names no party
APPOSITION = re.compile(r", (?:en|ett) (?:[a-zåäö]+ ){0,2}[a-zåäö]+ (?:som|där|vars)\b")


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


def read_trigger(entry: dict[str, Any]) -> Trigger:
    """One entry of `relations.toml`."""
    pattern = re.compile(entry["pattern"].replace("{num}", NUMBER), re.I)
    flags = entry.get("may_omit_body", False), entry.get("body_follows", False)
    return Trigger(entry["name"], entry["shape"], entry["role"], pattern, tuple(entry["needs"]), *flags)


TRIGGERS = tuple(map(read_trigger, WORDS["trigger"]))


def index_stems(triggers: tuple[Trigger, ...]) -> ahocorasick.Automaton:
    """Which triggers each stem is of, by their numbers: one pass over a sentence tells the few that can match."""
    wanted: dict[str, list[int]] = {}
    for number, trigger in enumerate(triggers):
        for stem in trigger.needs:
            wanted.setdefault(stem, []).append(number)
    automaton = ahocorasick.Automaton()
    for stem, numbers in wanted.items():
        automaton.add_word(stem, numbers)
    automaton.make_automaton()
    return automaton


STEMS = index_stems(TRIGGERS)


def find_candidates(sentence: str) -> list[Trigger]:
    """The triggers one of whose stems a sentence holds, in their order."""
    numbers: set[int] = set()
    for _, found in STEMS.iter(sentence.lower()):
        numbers.update(found)
    return [TRIGGERS[number] for number in sorted(numbers)]


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger in its sentence with the room before and after it, in offsets of the page's text."""

    trigger: Trigger
    sentence: Sentence
    left: int
    start: int
    end: int
    right: int


def split_clauses(sentence: Sentence, named: Sequence[Mention] = ()) -> Iterator[Clause]:
    """The triggers of a sentence, the first that fits at each place, each with its room up to the next.

    Within a name in `named` ("Samarbetet Havet") nobody co-operates.
    """
    spans = [(mention.start - sentence.start, mention.end - sentence.start) for mention in named]
    hits: list[tuple[int, int, Trigger]] = []
    for trigger in find_candidates(sentence.text):
        for hit in trigger.pattern.finditer(sentence.text):
            is_named = trigger.name == "partner_with" and any(start <= hit.start() < end for start, end in spans)
            if not is_named and all(hit.end() <= start or hit.start() >= end for start, end, _ in hits):
                hits.append((hit.start(), hit.end(), trigger))
    hits = sorted((hit for hit in hits if len(hits) == 1 or hit[2].name != "with_others"), key=lambda hit: hit[0])
    for index, (start, end, trigger) in enumerate(hits):
        left = hits[index - 1][1] if index else 0
        right = hits[index + 1][0] if index + 1 < len(hits) else len(sentence.text)
        if trigger.shape in ("after", "joined", "inside") and (stop := ASIDE.search(sentence.text, end, right)):
            right = stop.start()
        if trigger.shape == "party" and (stop := APPOSITION.search(sentence.text, end, right)):
            right = stop.start()
        yield Clause(trigger, sentence, sentence.start + left, sentence.start + start, sentence.start + end, sentence.start + right)
