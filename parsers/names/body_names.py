"""Names of bodies that no register knows, found by how such bodies are named."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from parsers.contacts.persons import has_given_name
from parsers.names.body_described import find_described, find_introduced, find_local, find_shareholders
from parsers.names.body_english import find_english
from parsers.names.body_headings import find_in_headings
from parsers.names.body_listings import find_in_tables, find_listed_boards, find_project
from parsers.names.body_named import find_named
from parsers.names.body_patterns import (
    COMPANY,
    COMPOUND,
    HEADED,
    IN_PARENTHESES,
    INNER_NOUN,
    LABELLED,
    TAILED,
    BodyName,
    strip_stop_words,
    strip_tail,
)
from parsers.names.body_words import COMPOUND_ENDS, LABELS, STOP, guess_kind, is_generic, strip_genitive
from parsers.names.near import Scan
from parsers.page.document import Document

LONGEST = 160  # a run of capitalised words beyond this is no name, and would make the search for it slow


def find_body_names(document: Document, scan: Scan, is_place: Callable[[str], bool], is_area: Callable[[str], bool]) -> list[BodyName]:
    """The names of bodies on a page, each once, the surest rule first; with the abbreviations that the page introduces.

    `scan` is of the page's text. `is_place` tells a municipality's place name, as in "Samordningsförbundet Eslöv, Höör och Hörby",
    `is_area` also a county's.
    """
    text = document.text
    found: dict[str, BodyName] = {}
    by_alias: dict[str, BodyName] = {}
    for body in (
        *find_headed(scan, is_place),
        *find_labelled(scan),
        *find_tailed(scan, is_area),
        *find_compounds(document, scan, is_area),
        *find_local(scan),
        *find_described(scan),
        *find_shareholders(scan, is_area),
        *find_in_headings(document),
        *find_project(document),
        *find_in_tables(document),
        *find_listed_boards(document),
        *find_english(scan),
        *find_named(scan),
    ):
        key = body.name.casefold()
        known = found.get(key) or found.get(strip_genitive(key)) or by_alias.get(key)
        if known is None:
            found[key] = body
            by_alias.update((alias.casefold(), body) for alias in body.aliases)
        else:
            known.kind = known.kind or body.kind
            known.aliases |= body.aliases
            if known.name != body.name:
                known.aliases.add(body.name)
    join_formal_name(found, text)
    add_aliases(found, text)
    join_short_names(found)
    for name, abbreviation in find_introduced(scan):
        if known := found.get(name.casefold()):
            known.aliases.add(abbreviation)
    return [body for body in found.values() if not is_generic(body.name) and len(body.name) <= LONGEST]


# "Nämnden heter formellt Norra Slättens lönenämnd"
FORMAL = re.compile(
    r"\b(?P<noun>[Nn]ämnden|[Ff]örbundet|[Bb]olaget|[Ff]öreningen|[Nn]ätverket) heter (?:formellt|egentligen|officiellt|i dag"
    r"|numera) (?P<name>[A-ZÅÄÖ][^.,;\n]{3,70})"
)


def join_formal_name(found: dict[str, BodyName], text: str) -> None:
    """Takes the body that the page has only a common noun for as the one whose formal name it tells."""
    told = FORMAL.search(text) if " heter " in text else None
    formal = next((body for body in found.values() if told and told["name"].startswith(body.name)), None)
    others = [body for body in found.values() if body.is_local and body is not formal and formal and body.kind == formal.kind]
    if formal and len({other.name.removesuffix("en") for other in others}) == 1:  # "Gemensam lönenämnd" and "... lönenämnden" are one
        for other in others:
            formal.aliases |= {other.name, *other.aliases}
            del found[other.name.casefold()]


def add_aliases(found: dict[str, BodyName], text: str) -> None:
    """Takes a name in parentheses after another as the same body's: "Samordningsförbundet Eslöv, Höör och Hörby (Finsam MittSkåne)"."""
    for body in list(found.values()):
        start = text.find(f"{body.name} (")
        while start >= 0:
            if hit := IN_PARENTHESES.match(text, start + len(body.name) + 1):
                body.aliases.add(hit[1])
                other = found.get(hit[1].casefold())
                if other is not None and other is not body:
                    body.aliases |= other.aliases
                    del found[hit[1].casefold()]
            start = text.find(f"{body.name} (", start + 1)


def join_short_names(found: dict[str, BodyName]) -> None:
    """Takes a one-word name as the short one of the only longer name that begins with it: "Miljösamverkan" of "Miljösamverkan Blekinge"."""
    for key, body in list(found.items()):
        longer = [other for other in found.values() if other.name.startswith(f"{body.name} ")] if " " not in key else []
        if len(longer) == 1 and body.method == "compound_name":
            longer[0].aliases |= {body.name, *body.aliases}
            del found[key]


def find_headed(scan: Scan, is_place: Callable[[str], bool]) -> Iterator[BodyName]:
    """Names with their kind at the front, in the definite form."""
    heads = count_heads(scan)
    for hit in scan.find(HEADED):
        if hit[1] == "leader":
            continue  # who leads: "team leader Eva Ekdal"
        parts = re.split(r", | och | samt | & ", hit[2])
        is_enumerated = all(map(is_place, parts)) and not (len(parts) == 2 and scan.text.startswith(" kommun", hit.end()))
        is_association = hit[1].casefold().endswith("förbundet") and len(parts) == 2 and " och " in hit[2]
        is_pair = is_association and is_second_half(parts[1], scan.text, hit.end(), is_place)
        rest, after = strip_tail(hit[2] if is_enumerated or is_pair else parts[0]), scan.text[hit.end() : hit.end() + 7]
        if rest.split()[0] in STOP or (rest.startswith("i ") and after.startswith(" kommun")):
            continue
        if not is_place(rest.split()[-1]):
            rest = strip_used_genitive(rest, scan.text, hit.start(2) + len(rest))
        rest += " län" if rest.startswith("i ") and after.startswith(" län") else ""
        head = hit[1][0].upper() + hit[1][1:]
        alone = {head} if head.endswith(("nämnden", "rådet", "förbundet", "kansliet")) and heads[hit[1].casefold()] == 1 else set()
        yield BodyName(f"{head} {rest}", "company" if rest.endswith(" AB") else guess_kind(head), "headed_name", 0.9, alone)


# What follows a genitive: a noun that the name owns ("Finnvedens medlemmar"), not a verb ("Bohus larmades", "Borås är").
GENITIVE_USE = re.compile(
    r" (?!(?:är|och|har|i|som|med|för|på|av|till|ägs|består|samt|ska|kan|får|där|vid|under|när|att|finns|genom|inom|blir|var|från|efter"
    r"|sedan|utan|kommer|måste|inte|även|också|alltid|redan|idag|igen|fick|gick|drev|blev|höll|stod|hade|gjorde|tillsammans|eller|mellan|enligt"
    r"|innan|över|runt|kring|mot|utanför)\b)(?![a-zåäö]+(?:des|tes|ade|rde|gde|dde|nde|kte|ste|tas|jer|des|ats|its)\b)(?P<noun>[a-zåäö]{4,})"
)
# Nouns in -r that bodies own; other words in -r, -s after a name are verbs: "Bohus hjälper", "Kris drivs".
OWNED = re.compile(
    r"(?:medlemmar|kommuner|ägare|lokaler|partner|parter|uppgifter|insatser|handlingar|stadgar|kontakter|tjänster|frågor|nyheter|ledamöter"
    r"|räkenskaper|revisorer|kostnader|intäkter|aktiviteter|verksamheter|brandmän|stationer|chefer|anläggningar|politiker|regler|taxor|avgifter"
    r"|rutiner|sidor)$"
)
VERB_END = re.compile(r"[^aeiouyåäö][aeå]?[rs]$|[aeå][rs]$")


def is_second_half(word: str, text: str, end: int, is_place: Callable[[str], bool]) -> bool:
    """Whether what "och" joins to a name is its other half: "Samordningsförbundet Åskogen och Ljunglandet är", one word no one else has."""
    is_lone = " " not in word and not is_place(word) and guess_kind(word) is None and not has_given_name(word)
    return is_lone and re.match(r"\.|$|\n| (?:är|har|består|bildades|ägs|som|samlar|arbetar)\b", text[end : end + 12]) is not None


def strip_used_genitive(name: str, text: str, end: int) -> str:
    """A name without its -s where it stands before what is its own: "Samordningsförbundet Finnvedens medlemmar"."""
    used = GENITIVE_USE.match(text, end) if name.endswith("s") and len(name) > 3 else None
    is_noun = used is not None and (OWNED.search(used["noun"]) or not VERB_END.search(used["noun"]))
    return name[:-1] if is_noun and not stands_in_nominative(name, text) else name


def stands_in_nominative(name: str, text: str) -> bool:
    """Whether a text has the name with its -s, and never without, where a sentence ends or a verb follows: it is part of "Bohus"."""
    bare, nominative = re.escape(name[:-1]), re.escape(name)
    return re.search(rf"\b{bare}\b", text) is None and re.search(rf"\b{nominative}(?:[.,!?\n)]|$| (?:är|har|ska)\b)", text) is not None


def count_heads(scan: Scan) -> Counter[str]:
    """How many different names begin with each head, by the head without case."""
    return Counter(head for head, _ in {(hit[1].casefold(), strip_tail(hit[2]).casefold()) for hit in scan.find(HEADED)})


HOUSE = re.compile(r" (?:museum|slott|teater|konsthall|arkiv|kulturhus|folkhögskola|minne)\b")
# Labels that are part of the name although they begin its sentence: "Kommunalförbundet Itsam bildades 2009."
PART_OF_NAME = frozenset(("kommunalförbundet", "kommunförbundet", "förbundet", "stiftelsen"))
# Labels that only describe, with a capital or without: one body, "Matglädje", whether "Nätverket Matglädje" opens its sentence or not.
DESCRIBES = frozenset(("nätverket", "projektet", "samarbetet", "samarbetsprojektet", "programmet", "försöksverksamhet"))


def find_labelled(scan: Scan) -> Iterator[BodyName]:
    """Names after a noun that says what they stand for."""
    for hit in scan.find(LABELLED):
        if hit[2].split()[0] in STOP and " " not in hit[2]:
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
        if len(names) == 1 and label.casefold() in ("nätverket", "projektet", "samarbetet", "programmet", "satsningen"):
            inner = INNER_NOUN.match(scan.text, hit.end())
            names = [names[0] + inner[0]] if inner else names
        if len(names) == 1:
            house = HOUSE.match(scan.text, hit.end())  # "Stiftelsen Bruksbygdens museum"
            names = [names[0] + house[0]] if house else [strip_used_genitive(names[0], scan.text, hit.end())]
        for name in map(strip_tail, names if plural else names[:1]):
            begins = scan.text[max(0, hit.start() - 4) : hit.start()].rstrip(" ")[-1:] in ("", ".", "!", "?", "\n", "•", ":")
            is_part = label.casefold() in PART_OF_NAME or not (begins or label.casefold() in DESCRIBES)
            if label[0].isupper() and not plural and is_part:
                yield BodyName(f"{label} {name}", guess_kind(label) or kind, "headed_name", 0.85, {name})
            else:
                told = guess_kind(name) if kind == "collaboration" and guess_kind(name) else kind
                yield BodyName(name, told, "labelled_name", 0.8, {f"{label} {name}"} if label[0].isupper() and not begins else set())


# "Medlemskommunerna i Ekåsens miljöförbund", "Tanum i Ekslättens samverkansråd": the name begins after "i"
BEFORE_IN = re.compile(r"^(?:[\wåäöÅÄÖ-]+ ){1,4}i (?=[\wåäöÅÄÖ-]+s [a-zåäö-]+$)")


# "Larma SOS Alarm AB", "Företaget Balder AB": what one does with a company, what it is
BEFORE_COMPANY = re.compile(
    r"^(?:Larma|Kontakta|Ring|Mejla|Anlita|Besök|Beställ|Fråga|Välkommen till|Följ|Tack"
    r"|[A-ZÅÄÖ][a-zåäö]*(?:öretaget|oncernen|irman|everantören|ntreprenören|peratören|onsulten|yrån)) (?=\S+ )"
)


def find_tailed(scan: Scan, is_area: Callable[[str], bool]) -> Iterator[BodyName]:
    """Names with their kind at the end."""
    for hit in scan.find(TAILED):
        name = BEFORE_IN.sub("", strip_stop_words(hit[1] + hit[2]))
        if " " in name:
            yield BodyName(name, guess_kind(name), "tailed_name", 0.85, is_local=name.startswith("Gemensam"))
    for hit in scan.find(COMPANY):
        name = split_company(BEFORE_COMPANY.sub("", strip_stop_words(hit[1])), is_area)
        if " " in name:
            short = name.removesuffix(" AB")
            yield BodyName(
                name,
                "company" if name.endswith(("AB", "bolag")) else guess_kind(name),
                "tailed_name",
                0.9,
                {short} if len(short) > 3 and not is_generic(short) else set(),
            )


def split_company(name: str, is_area: Callable[[str], bool]) -> str:
    """A company's name without the party that "och" joins to it: "Ale och Renova AB", but "Ekbygdens Energi och Vatten AB"."""
    first, _, second = name.partition(" och ")
    if second and not TRADE.search(first) and (" " in second.removesuffix(" AB") or not TRADE.search(second)):
        return second
    return second if second and (is_area(first) or first.endswith((" Stad", " AB"))) else name


# What a company does, in its name: "Ekbygdens Energi och Vatten AB", "Falkenberg Vatten och Renhållning AB" are one name each.
TRADE = re.compile(
    r"(?:energi|vatten|avlopp|avfall|renhållning|återvinning|miljö|el|kraft|värme|fjärrvärme|teknik|service|fastighet(?:er)?|bostäder|mark|hamn|trafik"
    r"|turism|kultur|fritid|park|näringsliv|utveckling|biogas|bredband|stadsnät|natur|gata|väg|slott|mässa|kongress|industri|handel|va)$",
    re.I,
)


def find_compounds(document: Document, scan: Scan, is_area: Callable[[str], bool]) -> Iterator[BodyName]:
    """One-word names: capitalised inside a sentence, or in a heading or foot that is nothing else."""
    for hit in scan.find(COMPOUND):
        block = document.block_at(hit.start())
        before = scan.text[max(block.start if block else 0, hit.start() - 6) : hit.start()]
        if before.endswith("- och ") or hit[1].casefold().endswith("området") or (is_generic(hit[1]) and not hit[3]):
            continue
        begins = before.rstrip()[-1:] in ("", ".", "!", "?", ":", "–", "•", "-")
        is_whole = block is not None and hit.end() == block.end
        is_telling = guess_kind(hit[1]) == "municipal_association" or any(map(str.isupper, hit[1][1:])) or is_area(area_of(hit[1]))
        if hit[3] and not hit[2] and hit[3].split()[0] not in STOP:  # "Krissamverkan Uppland", "Räddningsförbundet Norrskenet"
            rest = strip_used_genitive(strip_tail(hit[3]), scan.text, hit.end(3))
            yield BodyName(f"{hit[1]} {rest}", guess_kind(hit[1]), "compound_name", 0.75)
        elif not begins or is_whole or is_telling or OPENS.match(scan.text, hit.end(1)):
            yield BodyName(hit[1], guess_kind(hit[1]), "compound_name", 0.75)


# What only a body does: "Ekbygdsrådet består av", "Ekslättsnätverket har 26 medlemmar", "Ekrådet, där Ale och Lerum ingår"
OPENS = re.compile(
    r"s?(?: (?:består av|bildades|grundades|startade|är ett |är en |ägs av|drivs av|samlar|omfattar|har \w+ (?:medlem|parter"
    r"|ägar)|träffas|sammanträder)"
    r"|, där\b|,? som (?:består|bildades|samlar|drivs|omfattar)\b)"
)


def area_of(compound: str) -> str:
    """What a compound begins with: "Blekingerådet" -> "Blekinge"."""
    end = next(end for end in COMPOUND_ENDS if compound.casefold().endswith(end))
    return compound[: -len(end)].removesuffix("s")
