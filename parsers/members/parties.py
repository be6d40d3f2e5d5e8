"""The parties that a stretch of text names, one by one or as a closed set ("samtliga kommuner i länet")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.members.numbers import NUMBER, read_number
from parsers.names.counties import find_page_county
from parsers.names.page_names import Names
from parsers.page.document import Block
from schemas.facts import Mention

# "samtliga kommuner i länet", "alla 13 kommuner i Jönköpings län", "länets övriga kommuner", "kommunerna i länet", "länets 12 kommuner",
# "kommunerna i Västernorrland"; not "nio kommuner i Kalmar län" or "flera kommuner": these sets are not closed.
_COUNTY = r"(?!Region\b|Länsstyrelsen\b)[A-ZÅÄÖ]\w+(?:\s(?-i:[A-ZÅÄÖ])\w+)?"
CLOSED_SET = re.compile(
    rf"\b(?:(?:(?:samtliga|alla|all)\s(?:de\s|the\s)?(?:{NUMBER}\s)?(?:kommuner(?:na)?|municipalities)"
    rf"|(?:de\s)?(?:{NUMBER}\s)?kommunerna)\sin?\s(?:hela\s)?(?P<place>länet"
    rf"|{_COUNTY}(?:(?:,|\soch)\s{_COUNTY})*\slän|{_COUNTY})(?=[\s,.;:)]|$)"
    rf"|länets\s(?:(?:samtliga|alla|övriga|{NUMBER})\s)*kommuner(?:na)?"
    rf"|(?P<bare>samtliga\s(?:{NUMBER}\s)?kommuner(?:na)?)(?!\s(?:i|längs|som|utom|med)\b))"
    rf"|\b(?P<whose>(?-i:[A-ZÅÄÖ])\w+s?(?:\s(?-i:[A-ZÅÄÖ])\w+)?)\s(?P<number>{NUMBER})\skommuner(?:na)?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that has a part in something, where it is named (or the set that implies it), and how."""

    organisation_id: str
    start: int
    end: int
    basis: str = "named"


def find_parties(names: Names, start: int, end: int) -> list[Party]:
    """The parties in a span of the text: those named, then those that closed sets imply (without the ones named)."""
    named = [Party(m.organisation_id, m.start, m.end) for m in names.at(start, end) if not is_aside(names, m)]
    named = sorted((*named, *find_own(names, start, end)), key=lambda party: party.start)
    sets = list(expand_sets(names, start, end))
    spans = {(party.start, party.end) for party in sets}
    named = [p for p in named if not any(first <= p.start < last for first, last in spans) and not is_left_out(names.document.text, p)]
    known = {party.organisation_id for party in named}
    return named + [party for party in sets if party.organisation_id not in known]


def is_left_out(text: str, party: Party) -> bool:
    """Whether a party is the exception to a set: "utom Olofström"."""
    return EXCEPT.search(text, max(0, party.start - 25), party.start) is not None


def is_aside(names: Names, mention: Mention) -> bool:
    """Whether a mention says where or of whom something is, not who: "12 kommuner i Göteborgsregionen", "Kommissionen (Ale, Tjörn)"."""
    text = names.document.text
    if OF_PLACE.search(text, max(0, mention.start - 24), mention.start) or text.startswith("-kommun", mention.end):
        return True
    opening = text.rfind("(", max(0, mention.start - 200), mention.start)
    if (
        opening < 0
        or STATES.search(text, opening, mention.start)
        or ")" in text[opening : mention.start]
        or "\n" in text[opening : mention.start]
    ):
        return False
    return any(names.is_body(m.organisation_id) and text[m.end : opening].isspace() for m in names.at(max(0, opening - 80), opening))


# "några av länets kommuner"
SOME_OF = re.compile(rf"\b(?:några|flera|många|flesta|del|hälften|majoriteten|vissa|en|{NUMBER})\sav\s$", re.I)
# "BODY (ägs av Ale och Tjörn)": the words in the parentheses say as what
STATES = re.compile(r"\b(?:ägs|ägt|består|bestående|finansieras|av)\b")
# "kommuner i", "kommunerna i": what follows is a place
OF_PLACE = re.compile(r"\b(?:kommuner|kommunerna|städer|kommun) i\s$")
OWN = {"kommunen": "municipality", "regionen": "region", "landstinget": "region"}
OWN_WORD = re.compile(r"(?<![\w-])(?:[Kk]ommunen|[Rr]egionen|[Ll]andstinget)(?![\w-])")


def find_own(names: Names, start: int, end: int) -> list[Party]:
    """The page's owner where the page calls it "kommunen" or "regionen"."""
    if not names.owner_id:
        return []
    kind = names.kind_of(names.owner_id)
    if kind not in OWN.values():
        return []
    return [
        Party(names.owner_id, hit.start(), hit.end())
        for hit in OWN_WORD.finditer(names.document.text, start, end)
        if OWN[hit[0].casefold()] == kind
    ]


def expand_sets(names: Names, start: int, end: int) -> Iterator[Party]:
    """The municipalities of the closed sets in a span of the text: those of a county, or those that the page named before."""
    if names.document.text.find("kommuner", start, end) < 0 and names.document.text.find("municipalities", start, end) < 0:
        return
    for hit in SAME_SET.finditer(names.document.text, start, end):
        is_named = any(
            m.start == hit.end() + 1 for m in names.at(hit.end(), min(end, hit.end() + 40))
        )  # "de tre kommunerna Ale, Lerum ..."
        ids = [] if is_named else find_enumerated_before(names, hit.start(), read_number(hit["number"]) or 0)
        yield from (Party(i, hit.start(), hit.end()) for i in ids)
    for hit in OF_BODY.finditer(names.document.text, start, end):
        yield from (Party(i, hit.start(), hit.end()) for i in find_beside_body(names, hit["body"]))
    for hit in CLOSED_SET.finditer(names.document.text, start, end):
        if SOME_OF.search(names.document.text, max(start, hit.start() - 16), hit.start()):
            continue
        left_out = find_exceptions(names, hit.end(), end)
        members = [o.id for code in read_counties(hit, names) for o in names.registry.municipalities_of(code) if o.id not in left_out]
        yield from (Party(i, hit.start(), hit.end(), "implied") for i in members)


# "de åtta kommunerna", "samma tre kommuner", "de två medlemskommunernas": those that the page has just named, if they are as many.
SAME_SET = re.compile(
    rf"\b(?:de|dessa|samma|våra|alla)\s(?P<number>{NUMBER})\s(?:medlems|ägar|samarbets|samverkans)?kommuner(?:na)?s?\b"
    r"(?!\s(?:i|som|längs|med|utom)\b)",
    re.I,
)


# "GGVV-kommunerna", "Skåne Nordost-kommunerna": those that the page names beside that body
OF_BODY = re.compile(r"\b(?P<body>[A-ZÅÄÖ][\w]*(?: [A-ZÅÄÖ]\w+)?)-kommuner(?:na)?s?\b")


def find_beside_body(names: Names, body: str) -> list[str]:
    """The municipalities of the first sentence in which a body of that name stands beside two of them or more; [] where none does."""
    for mention in names.mentions:
        block = names.document.block_at(mention.start)
        if mention.text == body and block is not None and names.is_body(mention.organisation_id):
            named = names.at(block.start, block.end)
            ids = {m.organisation_id: None for m in named if names.kind_of(m.organisation_id) == "municipality"}
            if len(ids) > 1:
                return list(ids)
    return []


def find_enumerated_before(names: Names, position: int, number: int) -> list[str]:
    """The municipalities of the nearest block, list or table before a place of the text that names exactly so many, else of one after."""
    here = names.document.block_at(position)
    if here is None or number < 2:
        return []
    before, after = names.document.blocks[: here.index + 1], names.document.blocks[here.index + 1 :]
    for block in (*reversed(before), *after):
        first, last = (block.start, block.end) if block.group < 0 else names.document.group_span(block.group)
        named = names.at(first, min(last, position) if first <= position else last)
        ids = {m.organisation_id: None for m in named if names.kind_of(m.organisation_id) == "municipality"}
        if len(ids) == number:
            return list(ids)
    return []


# "utom Olofström", "förutom Gotland"
EXCEPT = re.compile(r"(?:^|\s)(?:utom|undantaget|med undantag (?:av|för)|exklusive)\s", re.I)


def find_exceptions(names: Names, start: int, end: int) -> set[str]:
    """The municipalities that the words right after a set leave out."""
    found = EXCEPT.match(names.document.text, start, end)
    stop = found.end() + 60 if found else start
    return {i for hit in names.hits if found and found.end() <= hit.start < stop for i in hit.organisation_ids}


def read_counties(hit: re.Match[str], names: Names) -> list[str]:
    """The counties that a closed set is of: "i Kronobergs och Blekinge län"; [] where nothing tells."""
    if hit["whose"]:
        return read_whose(hit, names)
    parts = re.split(r", | och ", hit["place"] or "")
    codes = [names.registry.county_code(part.removesuffix(" län").strip()) for part in parts]
    if len(parts) > 1 and all(codes):
        return [code for code in codes if code]
    code = read_county(hit, names)
    return [code] if code else []


def read_whose(hit: re.Match[str], names: Names) -> list[str]:
    """The county in "Skånes 33 kommuner", if it has as many."""
    code = names.registry.county_code(hit["whose"]) or names.registry.county_code(hit["whose"].removesuffix("s"))
    is_whole = code is not None and len(names.registry.municipalities_of(code)) == read_number(hit["number"])
    return [code] if code and is_whole else []


def read_county(hit: re.Match[str], names: Names) -> str | None:
    """The county that a closed set is of: the one it names, else that of the page's owner; None where neither tells."""
    place = hit["place"]
    if place and place.casefold() != "länet":
        words = place.split()
        for length in range(len(words), 0, -1):
            if code := names.registry.county_code(" ".join(words[:length])):
                return code
        return None
    if hit["bare"] and names.owner and names.owner.kind == "municipality":
        return None
    return find_page_county(names)


def is_possessor(names: Names, party: Party) -> bool:
    """Whether a party stands in the genitive before what is its own: "Göteborg stads näringslivsprogram" is no partner."""
    text = names.document.text
    words, after = text[party.start : party.end], text[party.end : party.end + 2]
    if not words.endswith("s") or len(after) < 2 or after[0] != " " or not after[1].islower():
        return False
    owner = names.registry.by_name(words[:-1])
    return owner is not None and owner.id == party.organisation_id and not FURTHER.match(text, party.end)


# What may follow a name in -s without being owned: "Ale kommuns och", "Tjörns kommun"
FURTHER = re.compile(r"\s(?:och|samt|eller|kommun\w*|stad\w*|som|är|har|i|med|för)\b")


def find_body(names: Names, start: int, end: int, block: Block, *, last: bool = True) -> str | None:
    """The body named in a span: the last (or first) mention of one, else the one that "förbundet", "nätverket" ... means."""
    bodies = [m.organisation_id for m in names.at(start, end) if names.is_body(m.organisation_id)]
    if bodies:
        return bodies[-1 if last else 0]
    text = names.document.text[start:end]
    found = list(ANAPHOR.finditer(text))
    if found:
        hit = found[-1 if last else 0]
        return names.meant_by(hit[0], start + hit.start(), block)
    return None


ANAPHOR = re.compile(
    r"\b(?:kommunal|samordnings)?(?:förbundets?|bolagets?|föreningens?|nämndens?|rådets?|samverkansrådets?|kommitténs?|gruppens?|nätverkets?|samarbetets?|organisationens?|projektets?)\b",
    re.I,
)
