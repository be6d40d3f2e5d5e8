"""What kind of fact a date in a sentence is, by the words beside it (the rules of `dates.toml`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parsers.dates.words import WORDS, whole_words
from schemas.values.edtf import edtf_bounds

# A clause's border between words and date: the words beyond it tell less of the date ("... bildades 1998, och 2012 gick Vimmerby med").
BORDER = re.compile(r"[,;:–(]\s|\s(?:och|men|som|samt|då|när)\s")
BORDER_COST = 30
WINDOW = 400  # characters of a sentence on each side of a date that are looked at
SHORTEST_TERM = 330  # days
YEARS = re.compile(r"\d{4}/\d{4}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that tell the kind of the dates beside them."""

    kind: str
    method: str
    confidence: float
    reach: int
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    needed: re.Pattern[str] | None
    barred: re.Pattern[str] | None
    forms: frozenset[str]
    bias: int

    def holds_in(self, sentence: str) -> bool:
        """Whether it says anything of dates in this sentence."""
        if self.needed is not None and not self.needed.search(sentence):
            return False
        return self.barred is None or not self.barred.search(sentence)


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind of a date, by which rule, and from where to where the words that tell it stand in the sentence."""

    kind: str
    method: str
    confidence: float
    start: int
    end: int


def load_rule(data: dict[str, Any]) -> Rule:
    """A rule as it stands in the file."""
    before, after = ([*data.get(side, []), *data.get("either", [])] for side in ("before", "after"))
    return Rule(
        kind=data["kind"],
        method=data["method"],
        confidence=data["confidence"],
        reach=data["reach"],
        before=whole_words(before) if before else None,
        after=whole_words(after) if after else None,
        needed=whole_words(data["with"]) if "with" in data else None,
        barred=whole_words(data["without"]) if "without" in data else None,
        forms=frozenset(data.get("forms", ())),
        bias=data.get("bias", 0),
    )


RULES = tuple(map(load_rule, WORDS["rule"]))
# "möttes senast den 4 maj", "Planen reviderades senast 2019": the last time, no deadline.
LAST_TIME = re.compile(r"(?:[dt]es|ogs|ats|tts|\b(?:är|var|har))\s+(?:allra\s+)?senast\s*(?:den\s*)?$", re.I)
VERB = re.compile(rf"(?<!\w)(?:\w+(?:{'|'.join(WORDS['event']['endings'])})|{'|'.join(WORDS['event']['verbs'])})(?!\w)", re.I)


def classify_date(sentence: str, start: int, end: int, edtf: str, bounds: tuple[int, int]) -> Classified | None:
    """The kind of the date at `sentence[start:end]` by the nearest words within `bounds` (where the next dates stand).

    Without such words an event, where the sentence has a verb; else None: a title, a caption, a link.
    """
    left, right = max(0, start - WINDOW), min(len(sentence), end + WINDOW)
    words, inner = sentence[left:right], (max(0, bounds[0] - left), min(right, bounds[1]) - left)
    form = form_of(edtf)
    best, least = None, 1 << 30
    for rule in RULES:
        if rule.forms and form not in rule.forms:
            continue
        for word_start, word_end, cost in apply_rule(rule, words, start - left, end - left, inner):
            if cost < least and rule.holds_in(words):
                least = cost
                best = Classified(
                    rule.kind, rule.method, rule.confidence, left + min(word_start, start - left), left + max(word_end, end - left)
                )
    if best is None and VERB.search(words):
        return Classified("event", "sentence_with_verb", 0.7, left, right)
    return best


def apply_rule(rule: Rule, sentence: str, start: int, end: int, bounds: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Where the rule's words stand, as (start, end, cost): the nearest before the date, the nearest after it."""
    if rule.before is None and rule.after is None:
        yield start, end, rule.bias
        return
    if rule.before is not None and (word := last_match(rule.before, sentence, bounds[0], start)):
        gap = sentence[word.end() : start]
        is_deadline = rule.method != "deadline_words" or not LAST_TIME.search(sentence[:start])
        if len(gap) <= rule.reach and is_deadline:
            yield word.start(), word.end(), cost_of(gap) + rule.bias
    if rule.after is not None and (word := rule.after.search(sentence, end, bounds[1])):
        gap = sentence[end : word.start()]
        if len(gap) <= rule.reach:
            yield word.start(), word.end(), cost_of(gap) + rule.bias


def last_match(expression: re.Pattern[str], sentence: str, start: int, end: int) -> re.Match[str] | None:
    """The last match within a span."""
    found = None
    for found in expression.finditer(sentence, start, end):  # noqa: B007  # the last one stays
        pass
    return found


def cost_of(gap: str) -> int:
    """How far words are from a date: characters, and more for each border of a clause between them."""
    return len(gap) + BORDER_COST * len(BORDER.findall(gap))


def is_long(edtf: str) -> bool:
    """Whether an interval covers eleven months or more: a term, no occasion."""
    first, last = edtf_bounds(edtf)
    return first is not None and last is not None and (last - first).days > SHORTEST_TERM


def form_of(edtf: str) -> str:
    """What form a date has: day | month | year | since | until, of intervals years (a year or more) | days."""
    if edtf.endswith("/.."):
        return "since"
    if edtf.startswith("../"):
        return "until"
    if "/" in edtf:
        return "years" if YEARS.fullmatch(edtf) or is_long(edtf) else "days"
    return ("year", "month", "day")[edtf.count("-")]
