"""How the names of Swedish public bodies look in a text: the expressions, and what is kept of a name that was found."""

import re
from dataclasses import dataclass, field

from parsers.names.body_words import COMPOUND_ENDS, HEADS, LABELS, STOP, TAIL_ENDS, TAIL_WORDS
from parsers.names.near import Near

UP = "[A-ZÅÄÖÉÜ]"
WORD = rf"{UP}[\w&+’'-]*"
GEO = r"(?:västra|östra|norra|södra|mellersta|nordöstra|nordvästra|sydöstra|sydvästra|mitt)"
# A name of several words: "Blekinge väst", "Bibliotek i Väst", "Göteborg & Co", "västra Blekinge", "Mediapoolen Västra Götaland AB".
NAME = rf"{WORD}(?:(?: (?:{GEO}|i|för|på|&|of|the|and|väst|öst|syd|nord))? {WORD}| (?:väst|öst|syd|nord)\b)*"
ENUMERATED = rf"{WORD}(?: {WORD})?(?:, {WORD}(?: {WORD})?)* (?:och|samt|&) {WORD}(?: {WORD})?"
ENDING = r"(?:s|en|ens|et|ets|n|ns)?"

# "Samordningsförbundet Södra Roslagen", "Räddningstjänsten västra Blekinge", "Samordningsförbundet Eslöv, Höör och Hörby"
HEADED = Near(re.compile(rf"(?<![\w-])(?i:({'|'.join(map(re.escape, HEADS))})) ((?:i )?(?:{ENUMERATED}|(?:{GEO} )?{NAME}))"), HEADS, 2, 160)
# "kommunalförbundet Tolkförmedling Väst", "nätverket Euroregion Baltic", "bolagen Mediapoolen, Gryning Vård AB och Innovatum AB"
LABELLED = Near(
    re.compile(rf"(?<![\w-])(?i:({'|'.join(map(re.escape, LABELS))})) ((?:{NAME})(?:, {NAME})*(?: (?:och|samt) {NAME})?)"),
    tuple(LABELS),
    2,
    240,
)
# "Södertörns överförmyndarnämnd", "Östra Smålands Kommunalteknikförbund", "Storstockholms brandförsvar"
TAILED = Near(re.compile(rf"\b((?:{WORD} (?:& )?){{1,4}}(?:i {WORD} )?)([\wåäö-]*(?i:{'|'.join(TAIL_ENDS)})){ENDING}\b"), TAIL_ENDS, 90, 8)
# "Västblekinge miljö AB", "Laholmsbuktens VA AB"
COMPANY = Near(
    re.compile(rf"\b({WORD}(?: (?:(?:och|&|i) )?{WORD}){{0,4}}(?: [a-zåäö]{{3,}})? (?:{'|'.join(map(re.escape, TAIL_WORDS))}))s?\b"),
    tuple(f" {word.lower()}" for word in TAIL_WORDS),
    90,
    4,
)
# "Norra Mälardalens gemensamma lönenämnd"
GENITIVE_JOINT = Near(re.compile(rf"\b((?:{WORD} ){{1,3}})gemensamma ([\wåäö-]*nämnd)(?:ens?|s)?\b"), ("gemensamma ",), 60, 40)
# Höglandsförbundet, Kalmarsundskommissionen, ÖstersjöInitiativet
COMPOUND = Near(re.compile(rf"\b({UP}[\w-]*(?i:{'|'.join(COMPOUND_ENDS)}))(s?)\b(?: ({NAME}))?"), COMPOUND_ENDS, 40, 80)
# "Hallands folkhälsonätverk", "Södermanlands miljösamverkan"; not "kommunens nätverk", "Region Hallands samarbete"
POSSESSED = Near(
    re.compile(rf"\b({UP}[\wåäö-]+s) ([a-zåäö]{{4,}}(?:nätverk|råd|samverkan|forum|samarbete))(?:et|en)?\b"),
    ("nätverk", "råd", "samverkan", "forum", "samarbete"), 60, 4,
)  # fmt: skip
# "gemensam överförmyndarnämnd", "Gemensam miljö- och byggnadsnämnd"
JOINT = Near(
    re.compile(r"\b[Gg]emensam(?:ma)? ((?:[\wåäö]+- och )?[\wåäö-]*nämnd)(?:en)?\b( i [A-ZÅÄÖ][\wåäö]+(?: [A-ZÅÄÖ][\wåäö]+)? län)?"),
    ("gemensam",),
    2,
    130,
)
# "Regionala samverkansrådet", "det regionala rådet", "Stora samverkansrådet", "chefssamverkansgruppen", "socialchefsnätverket"
COUNCIL = Near(
    re.compile(
        r"\b((?:[Rr]egionala|[Ss]tora|[Ll]okala|[Dd]elregionala|[Nn]ationella|[Gg]emensamma|[A-ZÅÄÖ][a-zåäö]+(?:ska|erna)) [\wåäö]*råd)et\b"
        r"|\b([\wåäö]+chefs?(?:nätverk"
        r"|grupp)|[\wåäö]*[Cc]hefssamverkansgrupp|[\wåäö]+samverkansråd)(?:et|en)\b"
    ),
    ("rådet", "chefsnätverket", "chefnätverket", "chefsgruppen", "chefgruppen", "samverkansgruppen"),
    50,
    4,
)
# ”Ledarutveckling över gränserna” heter ett projekt
QUOTED = Near(
    re.compile(r"[”\"“]([A-ZÅÄÖ][^”\"“]{4,60})[”\"“]\s(?:heter|är\sett|är\sen|kallas)\b"),
    ("” heter", "” är e", "” kallas", '" heter', '" är e', '" kallas', "“ heter", "“ är e"),
    70,
    14,
)
# "Skolmatsakademin är ett kunskapsnätverk", "Social innovation i samhällsplanering heter projektet"
IS_A = Near(
    re.compile(
        rf"(?:^|(?<=[.!?]\s)|\n)((?:{NAME})) (?:är|heter) (?:också |även )?(?:ett|en) (?:[\wåäö-]+ ){{0,3}}?([\wåäö-]*(?:nätverk"
        rf"|samarbete|samverkan|bolag|kommunalförbund|samordningsförbund|kommunförbund|förening|projekt|organisation"
        rf"|samarbetsorganisation|råd|stiftelse|aktör))\b"
    ),
    (" är ", " heter "),
    90,
    90,
)
# "Union of the Baltic Cities, UBC", "Gemensam IT-Samordningsfunktion (GITS)", "GotSam (Gotland Samverkan)"
HEADING_ALIAS = re.compile(rf"^(.{{3,80}}?)(?:\s\((.{{2,60}})\)|,\s({UP}{{2,8}}))$")
INTRODUCED = Near(
    re.compile(rf"\b({WORD}(?: (?:{WORD}|[a-zåäö]+-{UP}[\w-]*)){{0,5}}) ?\(({UP}[A-ZÅÄÖa-z]*{UP}[A-ZÅÄÖ]*)\)"), ("(",), 90, 16
)
# "Styrgruppen för social välfärd" as a heading, "Forum för utveckling" before a comma or full stop
PURPOSE = Near(
    re.compile(
        r"\b((?:[Ff]orum|[Nn]ätverket|[Rr]ådet|[Ll]änsrådet|[Ss]amverkansrådet|[Kk]risrådet|[Ss]tyrgruppen|[Aa]rbetsgruppen|[Ss]amverkansgruppen"
        r"|[Ll]änssamverkansgruppen|[Kk]ommittén) för (?!mer |att |dem |oss |alla |vidare )"
        r"[a-zåäö]+(?: (?:och )?[a-zåäö]+){0,3}?)(?=[.,;:)\n]|$)"
    ),
    ("forum för", "nätverket för", "rådet för", "gruppen för", "kommittén för"),
    20,
    90,
)
# "en försöksverksamhet, Blått centrum Gotland, som startade"
APPOSED = Near(
    re.compile(
        rf"\b([a-zåäö]*(?:samarbete|verksamhet|nätverk|projekt|bolag|förbund|organisation|samverkan))t?, "
        rf"({WORD}(?: [a-zåäö]+)?(?: {WORD})*), som\b"
    ),
    (", som",),
    150,
    4,
)
# "Räddningsnämnden" as a heading, on a page that speaks of a joint board
BOARD_HEADING = re.compile(r"^((?:[Gg]emensamma )?[A-ZÅÄÖ][\wåäö/-]*nämnden)$")
# "Gemensam nämnd för hemsjukvård och hjälpmedel" as a heading; "Miljö- och byggnadsnämnden är gemensam med ..."
JOINT_HEADING = re.compile(r"^(?:Den )?[Gg]emensam(?:ma)? (?:[\wåäö]+- och )?[\wåäö-]*nämnd(?:en)?(?: [\wåäö,-]+){0,8}$")
JOINT_FOR = Near(
    re.compile(r"\b((?:[A-ZÅÄÖ][\wåäö]*- och )?[A-ZÅÄÖ]?[\wåäö]*nämnd)en är (?:en )?gemensam"), ("är gemensam", "är en gemensam"), 70, 8
)
# "Falu Energi & Vatten (50 procent)"
SHAREHOLDER = Near(
    re.compile(rf"(?:^|(?<=[\s:]))((?:{WORD} (?:& )?)+)\(\d{{1,3}}(?:[,.]\d+)? ?(?:procent|%)"), (" procent", "%)", " %"), 80, 12
)
# "Ett eget EU-kontor har Skåne Nordost", "Sydkusten driver ett eget Brysselkontor"
OWN_OFFICE = Near(
    re.compile(
        rf"\b(?P<phrase>(?:[Ee]tt|[Ss]itt) eget (?P<noun>[\w-]+(?:kontor|kansli)))(?: i {WORD})? (?:har|driver) (?P<owner>{NAME})"
        rf"|\b(?P<owner2>{NAME}) (?:har|driver)(?: också| även)? (?P<phrase2>(?:ett|sitt) eget (?P<noun2>[\w-]+(?:kontor|kansli)))\b"
    ),
    (" eget ",),
    80,
    90,
)
# "GITS, Gemensam IT-Samordningsfunktion,": the abbreviation first
SPELLED_OUT = re.compile(rf"\b({UP}{{2,8}})(?:, | \()({WORD}(?: [\wåäöÅÄÖ-]+){{0,6}}?)[,)]")
# "Nätverket Digital omsorg Sörmland": a noun in lower case within the name; no verb
INNER_NOUN = re.compile(
    rf" (?!\w+(?:r|s|de|te|at|it)\b|(?:ska|kan|fick|gav|drev|och|som|med|till|under|vid|inom|dit)\b)[a-zåäö]{{4,}} {WORD}(?: {WORD})*"
)
IN_PARENTHESES = re.compile(rf"\(({NAME})\)")
PARTIES = frozenset(("M", "S", "C", "L", "V", "KD", "MP", "SD", "FI"))


NEARS = (
    HEADED,
    LABELLED,
    TAILED,
    COMPANY,
    COMPOUND,
    JOINT,
    COUNCIL,
    QUOTED,
    IS_A,
    INTRODUCED,
    PURPOSE,
    APPOSED,
    JOINT_FOR,
    POSSESSED,
    GENITIVE_JOINT,
    SHAREHOLDER,
    OWN_OFFICE,
)


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


def strip_stop_words(name: str) -> str:
    """A name without the words that only begin its sentence: "I Värends räddningstjänst" -> "Värends räddningstjänst"."""
    words = name.split()
    while words and (words[0] in STOP or words[0].islower()):
        words = words[1:]
    return " ".join(words)


def strip_tail(name: str) -> str:
    """A name without the connecting words that a greedy match left at its end."""
    return re.sub(r"(?:\s(?:i|för|på|och|samt|&|of|the|and))+$", "", name.strip())
