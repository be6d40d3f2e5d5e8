"""Names of bodies that no register knows, found by how such bodies are named and where names stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from parsers.body_words import COMPOUND_ENDS, HEADS, LABELS, STOP, TAIL_ENDS, TAIL_WORDS, guess_kind, is_generic, strip_genitive
from parsers.document import Block, Document

UP = "[A-ZÅÄÖÉÜ]"
WORD = rf"{UP}[\w&+’'-]*"
GEO = r"(?:västra|östra|norra|södra|mellersta|nordöstra|nordvästra|sydöstra|sydvästra|mitt)"
# A name of several words: "Blekinge väst", "Bibliotek i Väst", "Göteborg & Co", "västra Blekinge", "Mediapoolen Västra Götaland AB".
NAME = rf"{WORD}(?:(?: (?:{GEO}|i|för|på|&|of|the|and|väst|öst|syd|nord))? {WORD}| (?:väst|öst|syd|nord)\b)*"
ENUMERATED = rf"{WORD}(?: {WORD})?(?:, {WORD}(?: {WORD})?)* (?:och|samt|&) {WORD}(?: {WORD})?"
ENDING = r"(?:s|en|ens|et|ets|n|ns)?"

# "Samordningsförbundet Södra Roslagen", "Räddningstjänsten västra Blekinge", "Samordningsförbundet Eslöv, Höör och Hörby"
HEADED = re.compile(rf"(?<![\w-])(?i:({'|'.join(map(re.escape, HEADS))})) ((?:i )?(?:{ENUMERATED}|(?:{GEO} )?{NAME}))")
# "kommunalförbundet Tolkförmedling Väst", "nätverket Euroregion Baltic", "bolagen Mediapoolen, Gryning Vård AB och Innovatum AB"
LABELLED = re.compile(rf"(?<![\w-])(?i:({'|'.join(map(re.escape, LABELS))})) ((?:{NAME})(?:, {NAME})*(?: (?:och|samt) {NAME})?)")
# "Södertörns överförmyndarnämnd", "Östra Smålands Kommunalteknikförbund", "Storstockholms brandförsvar"
TAILED = re.compile(rf"\b((?:{WORD} (?:& )?){{1,4}}(?:i {WORD} )?)([\wåäö-]*(?:{'|'.join(TAIL_ENDS)})){ENDING}\b")
# "Västblekinge miljö AB", "Laholmsbuktens VA AB"
COMPANY = re.compile(rf"\b((?:{WORD} )(?:(?:{WORD}|[a-zåäö&]+) ){{0,3}}?(?:{'|'.join(map(re.escape, TAIL_WORDS))}))\b")
# Höglandsförbundet, Kalmarsundskommissionen, ÖstersjöInitiativet
COMPOUND = re.compile(rf"\b({UP}[\w-]*(?i:{'|'.join(COMPOUND_ENDS)}))(s?)\b")
# "gemensam överförmyndarnämnd", "Gemensam miljö- och byggnadsnämnd"
JOINT = re.compile(r"\b[Gg]emensam(?:ma)? ((?:[\wåäö]+- och )?[\wåäö-]*nämnd)(?:en)?\b")
# "Regionala samverkansrådet", "det regionala rådet", "Stora samverkansrådet", "chefssamverkansgruppen", "socialchefsnätverket"
COUNCIL = re.compile(
    r"\b((?:[Rr]egionala|[Ss]tora|[Ll]okala|[Dd]elregionala|[Nn]ationella|[Gg]emensamma) [\wåäö]*råd)et\b|\b([\wåäö]+chefs?(?:nätverk|grupp)|[\wåäö]*chefssamverkansgrupp|[\wåäö]+samverkansråd)(?:et|en)\b"
)
# ”Ledarutveckling över gränserna” heter ett projekt
QUOTED = re.compile(r"[”\"“]([A-ZÅÄÖ][^”\"“]{4,60})[”\"“]\s(?:heter|är\sett|är\sen|kallas)\b")
# "Skolmatsakademin är ett kunskapsnätverk", "Social innovation i samhällsplanering heter projektet"
IS_A = re.compile(
    rf"(?:^|(?<=[.!?]\s)|\n)((?:{NAME})) (?:är|heter) (?:också |även )?(?:ett|en) (?:[\wåäö-]+ ){{0,3}}?([\wåäö-]*(?:nätverk|samarbete|samverkan|bolag|kommunalförbund|samordningsförbund|kommunförbund|förening|projekt|organisation|samarbetsorganisation|råd|stiftelse|aktör))\b"
)
# "Union of the Baltic Cities, UBC", "Gemensam IT-Samordningsfunktion (GITS)", "GotSam (Gotland Samverkan)"
HEADING_ALIAS = re.compile(rf"^(.{{3,80}}?)(?:\s\((.{{2,60}})\)|,\s({UP}{{2,8}}))$")
INTRODUCED = re.compile(rf"\b({WORD}(?: (?:{WORD}|[a-zåäö]+-{UP}[\w-]*)){{0,5}}) ?\(({UP}[A-ZÅÄÖa-z]*{UP}[A-ZÅÄÖ]*)\)")
# "Styrgruppen för social välfärd" as a heading, "Forum för utveckling" before a comma or full stop
PURPOSE = re.compile(
    r"\b((?:[Ff]orum|[Nn]ätverket|[Rr]ådet|[Ss]tyrgruppen|[Aa]rbetsgruppen|[Ss]amverkansgruppen|[Ll]änssamverkansgruppen|[Kk]ommittén) för [a-zåäö]+(?: (?:och )?[a-zåäö]+){0,3}?)(?=[.,;:)\n]|$)"
)
# "en försöksverksamhet, Blått centrum Gotland, som startade"
APPOSED = re.compile(
    rf"\b([a-zåäö]*(?:samarbete|verksamhet|nätverk|projekt|bolag|förbund|organisation|samverkan))t?, ({WORD}(?: [a-zåäö]+)?(?: {WORD})*), som\b"
)
# "Räddningsnämnden" as a heading, on a page that speaks of a joint board
BOARD_HEADING = re.compile(r"^((?:[Gg]emensamma )?[A-ZÅÄÖ][\wåäö]*nämnden)$")
PARTIES = frozenset("M S C L V KD MP SD FI".split())


@dataclass(slots=True)
class BodyName:
    """A name that was found, what its words say of its kind, and the rule that found it."""

    name: str
    kind: str | None
    method: str
    confidence: float
    aliases: set[str] = field(default_factory=set)
    is_local: bool = False
    """Means something only on its owner's site: "Regionala samverkansrådet", "Gemensam överförmyndarnämnd"."""


def find_body_names(document: Document, is_place: Callable[[str], bool]) -> list[BodyName]:
    """The names of bodies on a page, each once, the surest rule first; with the abbreviations that the page introduces.

    `is_place` tells a municipality's place name, as in "Samordningsförbundet Eslöv, Höör och Hörby".
    """
    text = document.text
    found: dict[str, BodyName] = {}
    for body in (
        *find_headed(text, is_place),
        *find_labelled(text),
        *find_tailed(text),
        *find_compounds(document),
        *find_local(text),
        *find_described(text),
        *find_in_headings(document),
    ):
        key = body.name.casefold()
        known = found.get(key) or found.get(strip_genitive(key))
        if known is None:
            found[key] = body
        else:
            known.kind = known.kind or body.kind
            known.aliases |= body.aliases
            if known.name != body.name:
                known.aliases.add(body.name)
    for name, abbreviation in find_introduced(text):
        if known := found.get(name.casefold()):
            known.aliases.add(abbreviation)
    return [body for body in found.values() if not is_generic(body.name)]


def find_headed(text: str, is_place: Callable[[str], bool]) -> Iterator[BodyName]:
    """Names with their kind at the front, in the definite form."""
    for hit in HEADED.finditer(text):
        parts = re.split(r", | och | samt | & ", hit[2])
        rest, after = strip_tail(hit[2] if all(map(is_place, parts)) else parts[0]), text[hit.end() : hit.end() + 7]
        if rest.split()[0] in STOP or (rest.startswith("i ") and after.startswith(" kommun")):
            continue
        rest += " län" if rest.startswith("i ") and after.startswith(" län") else ""
        head = hit[1][0].upper() + hit[1][1:]
        alone = {head} if head.endswith(("nämnden", "rådet", "förbundet", "kansliet")) and count_heads(text, hit[1]) == 1 else set()
        yield BodyName(f"{head} {rest}", guess_kind(head), "headed_name", 0.9, alone)


def count_heads(text: str, head: str) -> int:
    """How many different names with the same head a text has."""
    return len({strip_tail(hit[2]).casefold() for hit in HEADED.finditer(text) if hit[1].casefold() == head.casefold()})


def find_labelled(text: str) -> Iterator[BodyName]:
    """Names after a noun that says what they stand for."""
    for hit in LABELLED.finditer(text):
        if hit[2].split()[0] in STOP:
            continue
        label, names = hit[1], re.split(r",\s|\s(?:och|samt)\s", hit[2])
        plural = label.casefold().endswith(("en", "na")) and label.casefold() in (
            "bolagen",
            "nätverken",
            "föreningarna",
            "projekten",
            "kommunalförbunden",
        )
        kind = LABELS[label.casefold()]
        for name in map(strip_tail, names if plural else names[:1]):
            if label[0].isupper() and not plural:
                yield BodyName(f"{label} {name}", guess_kind(label) or kind, "headed_name", 0.85, {name})
            else:
                yield BodyName(name, guess_kind(name) if kind == "collaboration" and guess_kind(name) else kind, "labelled_name", 0.8)


def find_tailed(text: str) -> Iterator[BodyName]:
    """Names with their kind at the end."""
    for hit in TAILED.finditer(text):
        name = strip_stop_words(hit[1] + hit[2])
        if " " in name:
            yield BodyName(name, guess_kind(name), "tailed_name", 0.85)
    for hit in COMPANY.finditer(text):
        name = strip_stop_words(hit[1])
        if " " in name:
            short = name.removesuffix(" AB")
            yield BodyName(
                name,
                "company" if name.endswith(("AB", "bolag")) else guess_kind(name),
                "tailed_name",
                0.9,
                {short} if " " in short else set(),
            )


def find_compounds(document: Document) -> Iterator[BodyName]:
    """One-word names: capitalised inside a sentence, or in a heading or foot that is nothing else."""
    for block in document.blocks:
        for hit in COMPOUND.finditer(block.text):
            if is_generic(hit[1]) or block.text[: hit.start()].endswith("- och "):
                continue
            begins = hit.start() == 0 or block.text[: hit.start()].rstrip()[-1:] in (".", "!", "?", ":", "–", "•", "-")
            if (
                not begins
                or hit.end() == len(block.text)
                or guess_kind(hit[1]) == "municipal_association"
                or any(c.isupper() for c in hit[1][1:])
            ):
                yield BodyName(hit[1], guess_kind(hit[1]), "compound_name", 0.75)


def find_local(text: str) -> Iterator[BodyName]:
    """Joint boards and councils with a generic name only."""
    for hit in JOINT.finditer(text):
        if hit[1] != "nämnd":
            yield BodyName(f"Gemensam {hit[1]}", "joint_committee", "joint_board", 0.8, is_local=True)
    for hit in PURPOSE.finditer(text):
        name = hit[1][0].upper() + hit[1][1:]
        yield BodyName(name, guess_kind(name.split()[0]), "council_name", 0.8, {hit[1]}, is_local=True)
    for hit in COUNCIL.finditer(text):
        stem = hit[1] or hit[2]
        name = hit[0][0].upper() + hit[0][1:]
        yield BodyName(name, "network" if stem.endswith("nätverk") else "council", "council_name", 0.8, {hit[0]}, is_local=True)


def find_described(text: str) -> Iterator[BodyName]:
    """Names that a sentence explains: "X är ett nätverk", ”X” heter ett projekt, Name (ABC)."""
    for hit in IS_A.finditer(text):
        if hit[1].split()[0] not in STOP and " och " not in hit[1] and not is_generic(hit[1]):
            yield BodyName(hit[1], guess_kind(hit[2]), "described_name", 0.8)
    for hit in APPOSED.finditer(text):
        yield BodyName(hit[2], guess_kind(hit[1]), "apposed_name", 0.7)
    for hit in QUOTED.finditer(text):
        yield BodyName(hit[1], "collaboration", "quoted_name", 0.75)
    for name, abbreviation in find_introduced(text):
        letters = [word[0] for word in re.split(r"[\s-]", name) if word]
        if (" " in name or "-" in name) and len(abbreviation) > 2 and abbreviation[0].casefold() == letters[0].casefold():
            yield BodyName(name, guess_kind(name) or "collaboration", "introduced_name", 0.8, {abbreviation})


def find_introduced(text: str) -> Iterator[tuple[str, str]]:
    """Names and the abbreviations that stand in parentheses after them; parties are none."""
    for hit in INTRODUCED.finditer(text):
        name = strip_stop_words(hit[1])
        if name and hit[2].upper() not in PARTIES:
            yield name, hit[2]


def find_in_headings(document: Document) -> Iterator[BodyName]:
    """Headings that name what their section is about: the name stands there again, inside a sentence."""
    for index, block in enumerate(document.blocks):
        if block.kind != "heading" or block.zone != "content" or not 3 <= len(block.text) <= 80 or not block.text[0].isupper():
            continue
        body = "\n".join(other.text for other in section_of(document, index))
        yield from read_heading(block, body)


def read_heading(block: Block, body: str) -> Iterator[BodyName]:
    """The name or names that one heading gives, with the text under it as the proof."""
    heading = block.text.strip()
    pair = HEADING_ALIAS.match(heading)
    forms = [form for form in (pair[1], pair[2] or pair[3]) if form] if pair else [heading]
    if BOARD_HEADING.match(heading) and not is_generic(heading) and re.search(r"\bgemensam(?:ma)? \w*nämnd", body):
        yield BodyName(heading, "joint_committee", "board_heading", 0.8, {heading[0].lower() + heading[1:]}, is_local=True)
        return
    proven = [form for form in forms if stands_inside(form, body)]
    if " och " in forms[0] and not re.search(r"- och |, ", forms[0]):
        return  # two things, not one name: "Länsstyrelsen och Västra Götalandsregionen"
    if proven and not is_generic(forms[0]) and (len(forms[0].split()) <= 7):
        short = min(forms, key=len) if pair else forms[0]
        name = forms[0]
        if pair and not (guess_kind(name) or sum(map(str.isupper, name)) > 1):
            return  # "Tjänsteman i beredskap (TiB)": a title, not a name
        kind = guess_kind(name) or guess_described_kind(short, body) or "collaboration"
        yield BodyName(name, kind, "heading_name", 0.75, set(forms) - {name})


def stands_inside(name: str, text: str) -> bool:
    """Whether a name stands in a text with its capital where no sentence begins, or opens a sentence that says what it is or does."""
    for hit in re.finditer(rf"(?<!\w){re.escape(name)}s?(?!\w)", text):
        before = text[: hit.start()].rstrip(' ”"')
        if before and before[-1] not in ".!?:\n–-•":
            return True
        if (
            re.match(
                r"\s(?:är|har|ska|består|ägs|startade|bildades|arbetar|samlar|bedriver|drivs|ansvarar)\b", text[hit.end() : hit.end() + 12]
            )
            and " " in name
        ):
            return True
    return False


def guess_described_kind(name: str, text: str) -> str | None:
    """The kind that the words right before a name say: "samarbetet Bibliotek i Väst"."""
    for hit in re.finditer(rf"([\wåäö]+)\s{re.escape(name)}", text):
        if kind := LABELS.get(hit[1].casefold()):
            return kind
    return None


def section_of(document: Document, index: int) -> Iterator[Block]:
    """The blocks under a heading, its subsections included."""
    for block in document.blocks[index + 1 :]:
        if block.zone != "content" or (block.kind == "heading" and block.level <= document.blocks[index].level):
            return
        yield block


def strip_stop_words(name: str) -> str:
    """A name without the words that only begin its sentence: "I Värends räddningstjänst" -> "Värends räddningstjänst"."""
    words = name.split()
    while words and words[0] in STOP:
        words = words[1:]
    return " ".join(words)


def strip_tail(name: str) -> str:
    """A name without the connecting words that a greedy match left at its end."""
    return re.sub(r"(?:\s(?:i|för|på|och|samt|&|of|the|and))+$", "", name.strip())
