"""Names of bodies in English, on English pages and of international networks on Swedish ones."""

import re
from collections.abc import Iterator

from parsers.names.body_patterns import UP, WORD, BodyName, strip_stop_words
from parsers.names.body_words import STOP
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
ARTICLE = re.compile(r"^(?:The|Our|A|An|In|Of|And) ")
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
        name = strip_stop_words(ARTICLE.sub("", hit[1])).split(" and the ")[0]  # "the Board of Ale and the Sea Association": two
        if " " in name and not ORGANS.match(name):
            yield BodyName(name, read_kind(name), "english_name", 0.8)
    for hit in scan.find(IS_A):
        name = ARTICLE.sub("", hit[1])
        if name not in STOP and not ORGANS.match(name):
            yield BodyName(name, KINDS[hit[2].casefold()], "english_described", 0.7)
    for hit in scan.find(LABELLED):
        yield BodyName(hit[2], KINDS[hit[1].casefold()], "english_label", 0.75)


def read_kind(name: str) -> str:
    """The kind that the noun before "of", or the last word, says."""
    head = re.split(r" (?:of|for) ", name.casefold())[0].split()
    return next(KINDS[word] for word in (*reversed(head), *reversed(name.casefold().split())) if word in KINDS)
