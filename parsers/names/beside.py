"""Organisations known by what they stand beside: local branches of associations, and the unknown ones of an enumeration of known ones."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from parsers.contacts.persons import has_given_name
from parsers.names.body_mentions import identify
from parsers.names.body_patterns import UP, WORD, BodyName
from parsers.names.body_words import STOP, guess_kind, is_generic
from parsers.names.countries import COUNTRY
from parsers.names.page_names import Names
from schemas.facts import Mention

# "LRF Jämtland", "Naturskyddsföreningen i Gislaved", "Röda Korset Uppsala"
PLACE_AFTER = re.compile(rf" (?:i )?({UP}[\wåäö]+(?:[ -]{UP}[\wåäö]+)?)(?! (?:län|kommun)\b)")
BRANCHED = frozenset(("association", "foundation"))
# One item of an enumeration: "Lunds stift", "Kvinnojouren Blåklockan", "Handelskammaren i Sydsverige"
ITEM = rf"{WORD}(?: (?:(?:i|för|av|&|of|the) )?{WORD}){{0,5}}(?:(?<=s) [a-zåäö]{{4,}})?"
NEXT = re.compile(
    rf"(?:, | och | samt | and |, and )({ITEM})(?=,|\.| och | samt | and | är | deltar| medverkar| ingår| adjung| bjuds| follow|;|\)|\n|$)"
)
BEFORE = re.compile(
    rf"(?:(?<=[.:;(\n] )|(?<=\n)|^|(?<=, )|(?<=\boch )|(?<=\bsamt )|(?<=\bmed )|(?<=\bav ))({ITEM})(?:, | och | samt | and )$"
)
JOINTS = (", ", " och ", " samt ", " and ")  # one of which stands before an item that is not the first
LONGEST = 70
PLURAL = re.compile(
    r"(?:kommuner|regioner|myndigheter|aktörer|organisationer|företag|föreningar|skolor|politiker|företrädare)(?:na)?s?$", re.I
)
# "Kvinnojouren Blåklockan", "Handelskammaren i Sydsverige", "Studieförbundet Vuxenskolan": a noun in the definite form before its name
DEFINITE = re.compile(r"(?:en|et|an|na)$")
# What sort of mention is a bare place: beside it stand places, not organisations.
PLACES = ("municipality", "municipalities", "acting_place", "seat", "joined_party", "genitive_actor", "regions_")


def find_branches(text: str, names: Names, mentions: list[Mention]) -> Iterator[Mention]:
    """The local branches of known associations, each as an organisation of its own."""
    for mention in mentions:
        after = PLACE_AFTER.match(text, mention.end) if names.kind_of(mention.organisation_id) in BRANCHED else None
        if after and is_area(after[1], names) and mention.text[-1:] != "s":
            name = text[mention.start : after.end()]
            branch = identify(BodyName(name, names.kind_of(mention.organisation_id), "local_branch", 0.8), names)
            names.parties.add(branch)
            yield Mention(branch, name, mention.start, after.end(), "local_branch", 0.8)


def is_area(name: str, names: Names) -> bool:
    """Whether words are the name of a municipality or county."""
    return names.registry.county_code(name) is not None or any(h.start == 0 and h.end == len(name) for h in names.registry.find_names(name))


def find_coordinated(text: str, names: Names, mentions: list[Mention]) -> Iterator[Mention]:
    """The organisations that commas and "och" join to known ones, as far as they look like one. `mentions`: in order, none over another."""
    starts = [mention.start for mention in mentions]
    taken = set(starts)
    for mention in mentions:
        if mention.method.startswith(PLACES):
            continue
        for start, end in (*chain_forward(text, mention.end, taken), *chain_back(text, mention.start, taken)):
            if holds_known(mentions, starts, start, end) or not looks_like_organisation(text[start:end], lambda name: is_area(name, names)):
                continue
            taken.add(start)
            name = text[start:end]
            identity = identify(BodyName(name, guess_kind(name) or "other", "coordinated_name", 0.6), names)
            if guess_kind(name) is None:
                names.parties.add(identity)
            yield Mention(identity, name, start, end, "coordinated_name", 0.6)


def holds_known(mentions: list[Mention], starts: list[int], start: int, end: int) -> bool:
    """Whether a known name lies in a span, or reaches into it."""
    following = bisect_left(starts, start)
    reaches_in = following > 0 and mentions[following - 1].end > start
    return reaches_in or (following < len(starts) and starts[following] < end)


def chain_forward(text: str, end: int, taken: set[int]) -> list[tuple[int, int]]:
    """The items that follow in an enumeration, up to the next one that is known: from there it goes on by itself."""
    chain: list[tuple[int, int]] = []
    while (found := NEXT.match(text, end, end + LONGEST)) is not None and found.start(1) not in taken:
        chain.append(found.span(1))
        end = found.end(1)
    return chain


def chain_back(text: str, start: int, taken: set[int]) -> list[tuple[int, int]]:
    """The items before in an enumeration, the nearest first, up to one that is known."""
    chain: list[tuple[int, int]] = []
    while text.endswith(JOINTS, 0, start) and (found := BEFORE.search(text[max(0, start - LONGEST) : start])) is not None:
        end, start = max(0, start - LONGEST) + found.end(1), max(0, start - LONGEST) + found.start(1)
        if start in taken:
            break
        chain.append((start, end))
    return chain


def looks_like_organisation(name: str, is_area: Callable[[str], bool]) -> bool:
    """Whether an item can be an organisation: its kind is told, or a place, capitals or a noun in it speak for one; no person, no place."""
    words = name.split()
    if re.fullmatch(COUNTRY, name) or words[0] in STOP or is_generic(name) or has_given_name(name) or is_area(name) or len(name) < 3:
        return False
    if PLURAL.search(words[-1]):
        return False  # "länets kommuner"
    if guess_kind(name) is not None or (len(words) == 1 and name.isupper()) or (len(words) > 1 and DEFINITE.search(words[0])):
        return True
    has_sign = any(word.isupper() and len(word) > 1 for word in words) or words[-1].islower() or any(map(is_area, words[1:]))
    return len(words) > 1 and (has_sign or " i " in name or " of " in name)
