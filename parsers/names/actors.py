"""Whether a bare place name stands for its municipality: as a party to something, or only as a place on the map."""

import re

from registry import NameHit

# Between the names of an enumeration: ", " " och " " samt " "/" "; "; an "X kommun" among them keeps it going.
GLUE = re.compile(
    r"(?:\s?kommun)?(?:\s\([^()\n]{4,20}\))?(?:,\s?|\s(?:och|samt|&|respektive|liksom|and)\s|,\s(?:och|samt|and)\s|;\s|\s?/\s?|\s?·\s?|\t|\n[•–-]?\s?)(?:kommunerna\s)?$"
)
LEADS = re.compile(
    r"(?:\b(?:city|municipality|municipalities) of\s|\bkommuner(?:na)?\s?[:–-]?\s?|"
    r"\bmedlemskommuner(?:na)?(?:\s(?:är|i|består av))?:?\s|\bvärdkommun(?:en)?(?:\s(?:är"
    r"|för\s[\wåäö]+\sär))?:?\s)$",
    re.I,
)
# "regionerna Gotland, Halland och Skåne"
REGIONS = re.compile(r"\b(?:regionerna|landstingen)\s$", re.I)
FOLLOWS = re.compile(r"s?\s(?:kommun(?:er(?:na)?s?|s|en)?\b|stad\b|med kommun|municipalit(?:y|ies)\b)", re.I)
# "(M), Eksjö" and "socialchef Stenungsund": a seat or office held for the municipality.
# "kommunalråd i Sunne": who speaks for the municipality
OFFICE_IN = re.compile(
    r"\b(?:kommunalråd|oppositionsråd|kommunchef|kommundirektör|stadsdirektör|kommunstyrelsens (?:vice )?ordförande)(?:en|et)? i\s$", re.I
)
# "Eva Ekdal (S, Göteborg)"
PARTY_BESIDE = re.compile(r"\([A-ZÅÄÖ]{1,3},\s$")
# "Bräcke: Eva Ekdal"
SPOKESMAN = re.compile(r":\s[A-ZÅÄÖÉ][\wåäöé-]+\s[A-ZÅÄÖÉ]")
SEAT = re.compile(
    r"(?:\((?:[A-ZÅÄÖ]{1,3}|[a-zåäö]{1,3})\)\s?,?\s?|(?:chef|direktör|ordförande|råd|ledamot|ansvarig|strateg|samordnare)(?:,)?\s(?:i\s)?)$",
    re.I,
)
ACTS = re.compile(
    r"(?:\s(?:också|även|nu|just nu|numera|idag|i dag))?\s(?:ingår|är (?:med|även med|också med|ny )?(?:i|medlem|del|en av|värd)"
    r"|samarbetar|samverkar|har (?:ett"
    r"|en|tecknat|gått|haft|hakat|anslutit|varit|sökt|valt|fått|sagt|beslutat|skrivit)|äger|köper|säljer|deltar|medverkar|driver|bildade|bildar|gick|går|lämnade"
    r"|lämnar|ansluter|vill|ansöker|tar|tog|fortsätter|finansierar|står|bestämde|enades|avvecklar|väljer|utser"
    r"|anslöt|hakade|kom med|var med|drog i|startade|bidrar|betalar|delar|skickar|bjuds|hör till"
    r"|representeras|företräds|is a member|are members|joined|belongs?|takes? part|participates?|owns|sa|tackade|röstade"
    r"|beslutade|är sammankallande|är adjungerad)\b"
)
JOINED = re.compile(
    r"\b(?:tillsammans|ihop|samarbet\w*|samverka\w*|avtal\w*|överenskommelse\w*|gemensam\w*|samägs|ägs)\s(?:\w+\s){0,3}?(?:med"
    r"|mellan|av|för)\s(?:bland annat\s)?$|\b(?:ledamöter|företrädare|representanter|politiker)\s(?:från|för)\s$|\b(?:ägs"
    r"|bildades|bildats|drivs|finansieras|köps|hyrs)\s(?:\w+\s)?av\s$"
    r"|\b(?:avtal|samarbet|samverkan|överenskommelse|partnerskap)\w*\s(?:\w+\s){0,3}?mellan\s$"
)
# "Enligt avtalet köper Nykvarn ...", "I BODY ingår Ale"
INVERTED = re.compile(r"\b(?:köper|säljer|äger|ingår|deltar|samverkar|samarbetar|driver|sköter)\s(?:även\s|också\s)?$")
PREPOSITION = re.compile(
    r"\b(?:i|på|från|till|vid|genom|kring|runt|nära|utanför|via|över|mellan|norr om|söder om|öster om|väster om|förbi|längs|utmed"
    r"|bortom|mot|in|ur|inom|hela|centrala|stråket"
    r"|linjen|sträckan)\s(?:hela\s)?$",
    re.I,
)
# "V8-biblioteken är folkbiblioteken i Dorotea, Lycksele, Malå och Sorsele": what they have there is theirs
PARTS_IN = re.compile(r"\b(?:är|samlar|består av) (?:de )?[a-zåäö]+(?:en|na|erna|arna) i\s$")
GENITIVE_OF = re.compile(
    r"\s(?:kommun|stads|fullmäktige|medlemskap|del\b|överförmynd|räddnings|politiker|förvaltning|kansli|utträde|inträde|organisation|ansök|beslut|andel|verksamhet|invånare)"
)
PERSON = re.compile(r"[A-ZÅÄÖÉ][\wåäöé-]+ [A-ZÅÄÖÉ][\wåäöé-]+ \($")
CORRIDOR = re.compile(r"[-–]$")
DATELINE = re.compile(r"\d{3}\s?\d{2}\s$|\bBox\s\d+,?\s$")


def find_actors(text: str, hits: list[NameHit]) -> dict[int, tuple[str, float]]:
    """For each place name that stands for a municipality: start -> (rule, confidence)."""
    actors: dict[int, tuple[str, float]] = {}
    for run in find_enumerations(text, hits):
        verdict = judge_enumeration(text, run)
        if verdict:
            actors.update((hit.start, verdict) for hit in run)
        else:
            actors.update((hit.start, single) for hit in run if (single := judge_place(text, hit)))
    return actors


def find_enumerations(text: str, hits: list[NameHit]) -> list[list[NameHit]]:
    """Runs of municipalities that only commas and conjunctions part; a single name is a run of one."""
    runs: list[list[NameHit]] = []
    for hit in hits:
        if not hit.organisation_ids or not hit.organisation_ids[0].startswith(("kommun:", "region:")):
            continue
        if runs and GLUE.fullmatch(text, runs[-1][-1].end, hit.start):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def judge_enumeration(text: str, run: list[NameHit]) -> tuple[str, float] | None:
    """Why a run of names stands for municipalities, and how surely; None where it may be but a list of places."""
    before, after = text[max(0, run[0].start - 40) : run[0].start], text[run[-1].end : run[-1].end + 16]
    if REGIONS.search(before):
        return "regions_named", 0.95
    if LEADS.search(before) or FOLLOWS.match(after):
        return "municipalities_named", 0.95
    if len(run) < 2:
        return None
    if all(hit.form == "county" for hit in run) or CORRIDOR.search(before) or after.startswith(("–", "-")):
        return None
    if any(hit.form == "full" for hit in run):
        return "municipalities_enumerated", 0.9
    if PREPOSITION.search(before) and not JOINED.search(before) and not (len(run) > 3 and PARTS_IN.search(before)):
        return None
    if (
        len(run) >= 3
        or ACTS.match(after)
        or JOINED.search(before)
        or (before.endswith(("(", "\n", "")) and len(run) >= 2 and not PREPOSITION.search(before))
    ):
        return "municipalities_enumerated", 0.85
    return None


def judge_place(text: str, hit: NameHit) -> tuple[str, float] | None:
    """Why one bare place name stands for its municipality; None where it is but a place."""
    before, after = text[max(0, hit.start - 60) : hit.start], text[hit.end : hit.end + 24]
    if hit.form == "county" or (before.rstrip(" ,\n\t")[-1:].isdigit() and DATELINE.search(before)):
        return None
    if before[-1:] in ("–", "-", "/") or after[:1] in ("–", "-"):
        return None
    line_before, line_after = before.rsplit("\n", 1)[-1].rsplit("\t", 1)[-1], re.split(r"[\n\t]", after)[0]
    if not line_before.strip(" •–-*") and not line_after.strip(" ,;.:"):
        return "municipality_alone", 0.85
    if not line_before.strip(" •–-*") and SPOKESMAN.match(after):
        return "seat", 0.8
    if before.endswith("(") and after.startswith(")") and PERSON.search(before):
        return "seat", 0.8
    if re.search(r"\((?:[A-ZÅÄÖ]{1,3}|[a-zåäö]{1,3})\)\s?,?\s?$", before) or (SEAT.search(line_before) and not line_after.strip(" ,;.")):
        return "seat", 0.85
    if OFFICE_IN.search(before) or (PARTY_BESIDE.search(before) and after.startswith(")")):
        return "seat", 0.8
    if JOINED.search(before):
        return "joined_party", 0.85
    if hit.form == "place_genitive":
        return ("genitive_actor", 0.8) if GENITIVE_OF.match(after) and not PREPOSITION.search(before) else None
    if INVERTED.search(before):
        return "acting_place", 0.8
    if PREPOSITION.search(before):
        return None
    if ACTS.match(after) or re.match(r"\s(?:och|samt)\s(?:ytterligare|övriga|de|\w+ andra)", after):
        return "acting_place", 0.85
    if re.match(r"\s(?:som|är) värdkommun", after):
        return "party_with_remark", 0.9
    if re.match(r"\s(?:\((?:värdkommun|\d+\s?(?:%|procent))|\d{1,3}(?:,\d+)?\s?(?:%|procent))", after):
        return "party_with_remark", 0.9
    return None
