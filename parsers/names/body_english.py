"""Names of bodies in English, on English pages and of international networks on Swedish ones."""

import re
from collections.abc import Iterator

from parsers.names.body_patterns import UP, WORD, BodyName, strip_stop_words
from parsers.names.body_words import STOP, WORDS
from parsers.names.near import Near, Scan

# What the last word of a name says of its kind.
KINDS = {
    "network": "network", "alliance": "network", "union": "network", "federation": "network", "cluster": "network", "initiative": "network",
    "conference": "network", "cooperation": "collaboration", "partnership": "collaboration", "project": "collaboration",
    "protocol": "collaboration", "office": "collaboration", "association": "association", "council": "council", "forum": "council",
    "commission": "council", "committee": "council", "board": "council",
}  # fmt: skip
NOUNS = "|".join(noun.capitalize() for noun in KINDS)
# "Baltic Sea Commission", "Union of the Baltic Cities", "Conference of Peripheral Maritime Regions"
TAILED = Near(
    re.compile(rf"\b((?:{WORD} (?:(?:and|of|for|the|in|on) ){{0,2}}){{1,6}}(?:{NOUNS}))\b(?! (?:of|for) )"),
    tuple(f" {noun}" for noun in KINDS),
    120,
    12,
)
HEADED = Near(
    re.compile(rf"\b((?:{WORD} ){{0,4}}(?:{NOUNS}) (?:of|for) (?:the )?{WORD}(?:(?: (?:and|of|the|in))* {WORD}){{0,5}})"),
    tuple(f"{noun} {word}" for noun in KINDS for word in ("of", "for")),
    60,
    120,
)
# "the European network ERRIN", "the cooperation BODY"
LABELLED = Near(
    re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Oo]ur) (?:[\w-]+ ){{0,2}}({'|'.join(KINDS)}) ((?:{UP}[\w&-]+)(?: {UP}[\w&-]+){{0,3}})"),
    tuple(f"{noun} " for noun in KINDS),
    40,
    60,
)
# Organs of a municipality and the words that begin a sentence are no body's name.
ORGANS = re.compile(
    r"^(?:(?:The|Our|City|Municipal|County|Regional|Executive|Local|Town|European|Steering|Management|Head|Main|Tourist|Public|Youth|Working)"
    r" )*"
    r"(?:Council|Committee|Commission|Board|Office|Project|Union|Network|Association)$"
)
# "Housing Office", "Parents Association" are no names.
COMMON_WORDS = frozenset(WORDS["english"]["common"].split())
# ... the nouns of such: a network or an alliance of that name is one of its own.
ORGAN_NOUNS = frozenset(("council", "committee", "commission", "board", "office", "project", "union", "association"))
FUNCTION_WORDS = frozenset(("and", "of", "for", "the", "in", "on"))
VERB = re.compile(
    r"^(?:Visit|Contact|Call|See|Read|Join|Ask|Meet|Book|Email|E-mail|Phone|Find|Welcome to|Apply to|Write to)(?: the| our)? (?=\S+ )"
)
# What joins two names: "Union of the Baltic Cities and of Baltic Sail", "Student Council and Parents Association"
JOINT = re.compile(r" and (?:of|the) |(?:(?<=\bCouncil)|(?<=\bOffice)|(?<=\bAssociation)|(?<=\bNetwork)) and ")
ARTICLE = re.compile(r"^(?:The|Our|A|An|In|Of|And) ")
ENDS_OR_HEADS = re.compile(rf"\b(?:{NOUNS})(?:$| (?:of|for) )")
# "Bothnian Curve is a cooperation about railways"
IS_A = Near(
    re.compile(rf"(?:^|(?<=[.!?]\s)|\n)((?:{WORD})(?: {WORD}){{0,4}}) is (?:a|an|the) (?:[\w-]+ ){{0,3}}?({'|'.join(KINDS)})\b"),
    (" is a ", " is an ", " is the "),
    90,
    60,
)
NEARS = (TAILED, HEADED, LABELLED, IS_A)


def find_english(scan: Scan) -> Iterator[BodyName]:
    """The names, without an article before them."""
    for hit in (*scan.find(TAILED), *scan.find(HEADED)):
        for part in JOINT.split(hit[1]) if JOINT.search(hit[1]) else [hit[1]]:
            name = strip_stop_words(VERB.sub("", ARTICLE.sub("", part)))
            if " " in name and ENDS_OR_HEADS.search(name) and not is_organ(name):
                yield BodyName(name, read_kind(name), "english_name", 0.8)
    for hit in scan.find(IS_A):
        name = ARTICLE.sub("", hit[1])
        if name not in STOP and not is_organ(name):
            yield BodyName(name, KINDS[hit[2].casefold()], "english_described", 0.7)
    for hit in scan.find(LABELLED):
        yield BodyName(hit[2], KINDS[hit[1].casefold()], "english_label", 0.75)


def is_organ(name: str) -> bool:
    """Whether a name is that of an organ, office or club such as any municipality has: "City Council", "Office of Student Affairs"."""
    words = set(name.casefold().replace("’", "'").split()) - FUNCTION_WORDS
    return ORGANS.match(name) is not None or (bool(words & ORGAN_NOUNS) and words <= COMMON_WORDS | ORGAN_NOUNS)


def read_kind(name: str) -> str:
    """The kind that the noun before "of", or the last word, says."""
    head = re.split(r" (?:of|for) ", name.casefold())[0].split()
    return next(KINDS[word] for word in (*reversed(head), *reversed(name.casefold().split())) if word in KINDS)
