"""Mentions of registered organisations: by their names, by a noun that they share, by a noun that means the owner's county's."""

import re

from parsers.names.actors import find_actors
from parsers.names.counties import find_page_county
from parsers.names.page_names import Names
from registry import NameHit
from schemas.facts import Mention

# How surely a registered name means its organisation.
CONFIDENCE = {"full": 0.97, "former": 0.9, "abbreviation": 0.9}
# "Länsstyrelsen" alone is that of the county of the page's owner; "regionen" and "kommunen" are the owner itself or its county's.
COUNTY_BOARD = re.compile(r"\b[Ll]änsstyrelsens?\b(?!\s(?:i|på|Västra|Region)\b)")
# "EU-medel", "EU-stöd": the union pays. "kommunförbundet" without a name is the one of the owner's county.
EU_MONEY = re.compile(r"\bEU(?=-(?:medel|stöd|bidrag|pengar|finansiering|finansierat)\b)")
COUNTY_ASSOCIATION = re.compile(r"\b[Kk]ommunförbundets?\b(?!\s[A-ZÅÄÖi])")
# "länsstyrelserna i Kronobergs och Blekinge län"
COUNTY_BOARDS = re.compile(r"\b[Ll]änsstyrelserna i ((?:[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?(?:, | och | samt )?)+)(?: län)?")
# "kommunalförbunden i länet: Fyrbodal, Skaraborg och Göteborgsregionen"
ASSOCIATIONS = re.compile(r"\bkommunalförbunden\b[^.()\n]{0,60}[(:]\s?((?:[A-ZÅÄÖ][\w ]+?(?:, | och | samt |(?=[).\n])))+)")


def find_registered(text: str, hits: list[NameHit], names: Names) -> list[Mention]:
    """Mentions of registered organisations; places and abbreviations only where they stand for one."""
    actors = find_actors(text, hits)
    mentions = []
    for hit in hits:
        if hit.form in CONFIDENCE:
            verdict = (hit.form + "_name", CONFIDENCE[hit.form]) if len(hit.organisation_ids) == 1 else None
        else:
            verdict = actors.get(hit.start)
        if verdict:
            names.add_registered(hit.organisation_ids[0])
            mentions.append(Mention(hit.organisation_ids[0], text[hit.start : hit.end], hit.start, hit.end, *verdict))
    for word, find in SPECIAL_WORDS.items():
        if word in text:  # a look that costs next to nothing beside the expressions
            mentions += find(text, names)
    return mentions


def find_county_boards(text: str, names: Names) -> list[Mention]:
    """ "Länsstyrelsen" without its county: that of the page's county."""
    board = f"lansstyrelse:{find_page_county(names)}"
    if board not in names.registry.organisations:
        return []
    found = [Mention(board, hit[0], hit.start(), hit.end(), "county_board_of_owner", 0.85) for hit in COUNTY_BOARD.finditer(text)]
    if found:
        names.add_registered(board)
    return found


def find_county_association(text: str, names: Names) -> list[Mention]:
    """ "kommunförbundet" without a name: the one association of the municipalities of the owner's county."""
    owner = names.registry.organisations.get(names.owner_id or "")
    if not owner or not owner.county_code or not (found := list(COUNTY_ASSOCIATION.finditer(text))):
        return []
    here = {organisation.id for organisation in names.registry.municipalities_of(owner.county_code)}
    known = [
        o for o in names.registry.organisations.values() if o.name.startswith("Kommunförbundet ") and o.members and set(o.members) <= here
    ]
    if len(known) != 1:
        return []
    names.add_registered(known[0].id)
    return [Mention(known[0].id, hit[0], hit.start(), hit.end(), "association_of_county", 0.7) for hit in found]


def find_union(text: str, names: Names) -> list[Mention]:
    """The European Union where its money is named in one word."""
    found = [Mention("org:europeiska-unionen", hit[0], hit.start(), hit.end(), "union_money", 0.9) for hit in EU_MONEY.finditer(text)]
    if found:
        names.add_registered("org:europeiska-unionen")
    return found


def find_joined_boards(text: str, names: Names) -> list[Mention]:
    """County boards that share one noun."""
    mentions = []
    for hit in COUNTY_BOARDS.finditer(text):
        for part in re.finditer(r"[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?", hit[1]):
            if code := names.registry.county_code(part[0]):
                names.add_registered(f"lansstyrelse:{code}")
                start = hit.start(1) + part.start()
                mentions.append(Mention(f"lansstyrelse:{code}", part[0], start, start + len(part[0]), "county_boards_joined", 0.9))
    return mentions


def find_listed_associations(text: str, names: Names) -> list[Mention]:
    """Kommunalförbund that a list names by their region only."""
    mentions = []
    for hit in ASSOCIATIONS.finditer(text):
        for part in re.finditer(r"[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)*", hit[1]):
            known = (
                names.registry.by_name(f"{part[0]}s kommunalförbund")
                or names.registry.by_name(f"Kommunalförbundet {part[0]}")
                or names.registry.by_name(part[0])
            )
            if known and known.kind == "municipal_association":
                names.add_registered(known.id)
                start = hit.start(1) + part.start()
                mentions.append(Mention(known.id, part[0], start, start + len(part[0]), "associations_listed", 0.9))
    return mentions


# "Sex regioner – Blekinge, Halland, Kalmar län och Skåne", "regionerna Kronoberg och Blekinge"
REGIONS = re.compile(
    r"\b[Rr]egioner(?:na)?(?:\s?[–:(-]|,? nämligen)?\s((?:[A-ZÅÄÖ][a-zåäö]+(?: [A-ZÅÄÖ][a-zåäö]+)?(?: län)?(?:, | och | samt )?){2,})"
)


def find_listed_regions(text: str, names: Names) -> list[Mention]:
    """Regions that an enumeration names by their counties only."""
    mentions = []
    for listed in REGIONS.finditer(text):
        for hit in names.hits:
            is_listed = listed.start(1) <= hit.start < listed.end(1)
            code = (hit.county_code or names.registry.county_code(text[hit.start : hit.end])) if is_listed else None
            if region := names.registry.region_of(code) if code else None:
                names.add_registered(region)
                mentions.append(Mention(region, text[hit.start : hit.end], hit.start, hit.end, "regions_listed", 0.96))
    return mentions


# A part of the text that each special reading needs, whatever the case of its first letter.
SPECIAL_WORDS = {
    "änsstyrelsen": find_county_boards,
    "änsstyrelserna": find_joined_boards,
    "ommunförbundet": find_county_association,
    "kommunalförbunden": find_listed_associations,
    "EU-": find_union,
    "egioner": find_listed_regions,
}
