"""Names that a sentence gives to a body: "under namnet Fyrklövern", "Vi kallar det Vux Norra", "Lärnavet, nätverket för ..."."""

import re
from collections.abc import Iterator

from parsers.names.body_patterns import NAME, UP, WORD, BodyName, strip_stop_words
from parsers.names.body_words import STOP, guess_kind, is_generic
from parsers.names.near import Near, Scan

# Nouns of what has members, indefinite; "-en" and "-et" are tried too.
NOUNS = r"[a-zåäö-]*(?:nätverk|samverkan|samarbete|organisation|förening|projekt|råd|bolag|förbund|initiativ|grupp|forum)"
# What may stand in a name beside words with capitals: "Läs på rasten", "Läsa i Väst"; it ends with the sentence or a comma.
LOOSE = rf"{WORD}(?: (?!är|som|och|har|där|där)[\wåäöÅÄÖ&-]+){{0,4}}?"
# "har samarbetat under namnet GGVV", "Samarbetet går under beteckningen Räddningsregion Östra", "Vi kallar det Vux Sydnärke", "det
# projektet heter Läs på rasten"
CALLED = Near(
    re.compile(
        rf"\b(?:(?P<noun>(?i:{NOUNS}))(?:en|et|n|t)? )?(?:(?:(?:går |som går |verkar |drivs )?under (?:namnet|beteckningen)|med namnet"
        rf"|(?:vi )?kallar (?:det|den|vi det)) [”\"]?(?P<name>{NAME})|(?:som )?(?:heter"
        rf"|kallas) [”\"]?(?P<words>{LOOSE})(?=[.,;”\"\n]| och har| som | är ))"
    ),
    ("under namnet ", "beteckningen ", "med namnet ", "kallar d", "kallar vi", " heter ", " kallas "),
    60,
    70,
)
# "Bibliotek i Västerbotten heter nätverket", "Nitus, nätverket för kommunala lärcentra,", "Samverkan Väst, en samverkan som"
NAMED = Near(
    re.compile(
        rf"(?:(?<=[.!?:;(]\s)|(?<=\n)|^|(?<=\s))(?P<name>{NAME}"
        rf"|(?<=\bi ){WORD} [a-zåäö]+)(?: (?:heter|kallas) (?:det )?(?P<verb>{NOUNS}(?:et|en|n|t))\b"
        rf"|, (?:ett|en) (?:[a-zåäö]+ ){{0,2}}?(?P<one>{NOUNS})\b(?= (?:som|för|där|mellan|med)\b)|, (?P<the>{NOUNS}(?:et|en|n"
        rf"|t)) (?=för\b|som\b|mellan\b))"
    ),
    (
        " heter ",
        " kallas ",
        ", ett ",
        ", en ",
        ", nätverket",
        ", samarbetet",
        ", samverkan",
        ", organisationen",
        ", föreningen",
        ", projektet",
    ),
    90,
    50,
)
# "Primärkommunalt samråd, PKS, är platsen där", "VAKA, den nationella gruppen": a name that opens a sentence, with its abbreviation
ABBREVIATED = Near(
    re.compile(rf"(?:^|\n|(?<=[.!?] ))({WORD}(?: [a-zåäöA-ZÅÄÖ-]+){{0,4}}), ({UP}{{2,8}}),? (?=är|har|bildades|heter|består)"),
    (", ",),
    60,
    20,
)
NEARS = (CALLED, NAMED, ABBREVIATED)


def find_named(scan: Scan) -> Iterator[BodyName]:
    """The names that sentences give."""
    for hit in scan.find(CALLED):
        name, kind = hit["name"] or hit["words"], guess_kind(hit["noun"]) if hit["noun"] else None
        if (" " in name or name not in STOP) and not is_generic(name) and is_told(scan.text, hit):
            yield BodyName(name, guess_kind(name) or kind or "collaboration", "called_name", 0.75)
    for hit in scan.find(NAMED):
        name, noun = strip_stop_words(hit["name"]), hit["verb"] or hit["one"] or hit["the"]
        if name and not is_generic(name):
            yield BodyName(name, guess_kind(name) or guess_kind(noun), "named_name", 0.75)
    for hit in scan.find(ABBREVIATED):
        is_body = guess_kind(hit[1]) or COOPERATES.search(sentences_round(scan.text, hit))  # not "Särskilt boende, SÄBO, har jour"
        if is_body and is_abbreviation(hit[2], hit[1]):
            yield BodyName(hit[1], guess_kind(hit[1]) or "collaboration", "abbreviated_name", 0.75, {hit[2]})


# Words of cooperation: what is called so beside them is a body.
COOPERATES = re.compile(r"samarbet|samverk|gemensam|nätverk|förbund|förening|\bbolag|projekt|kommuner(?:na)?\b", re.I)
SEVERAL_CAPITALS = re.compile(rf".+{UP}")


def is_told(text: str, hit: re.Match[str]) -> bool:
    """Whether what is called so is a body: a noun says so, or "vi kallar det", "under namnet"; not "Orten heter Kil", "Hon heter Eva".

    A name of one word needs words of cooperation beside it: "Vi kallar det Fredagsmys" tells none.
    """
    if hit["noun"] is not None:
        return True
    if not re.search(r"namnet|beteckningen|kallar", hit[0]):
        return False
    return SEVERAL_CAPITALS.match(hit["name"] or "") is not None or COOPERATES.search(sentences_round(text, hit)) is not None


def sentences_round(text: str, hit: re.Match[str]) -> str:
    """The end of the paragraph before a match, and the rest of its sentence."""
    before = text[max(0, hit.start() - 160) : hit.start()].rpartition("\n")[2]
    return before + re.split(r"[.!?\n]", text[hit.end() : hit.end() + 80])[0]


def is_abbreviation(letters: str, name: str) -> bool:
    """Whether the letters stand in a name in their order, the first at its beginning: PKS of "Primärkommunalt samråd"."""
    rest = iter(name.casefold())
    return name[:1] == letters[:1] and all(letter in rest for letter in letters.casefold())
