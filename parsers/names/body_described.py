"""Names of bodies that a sentence explains: local boards and councils, "X är ett nätverk", "Name (ABC)", shares in a company."""

import re
from collections.abc import Callable, Iterator

from parsers.names.body_patterns import (
    APPOSED,
    COUNCIL,
    GENITIVE_JOINT,
    INTRODUCED,
    IS_A,
    JOINT,
    JOINT_FOR,
    OWN_OFFICE,
    PARTIES,
    POSSESSED,
    PURPOSE,
    QUOTED,
    SHAREHOLDER,
    SPELLED_OUT,
    BodyName,
    strip_stop_words,
)
from parsers.names.body_words import STOP, guess_kind, is_generic
from parsers.names.near import Scan


def find_local(scan: Scan) -> Iterator[BodyName]:
    """Joint boards and councils with a generic name only."""
    boards: dict[str, set[str]] = {}
    for hit in scan.find(JOINT):
        if hit[1] != "nämnd" and not NAMED_BOARD.match(scan.text, hit.end()):
            boards.setdefault(hit[1] + (hit[2] or ""), set()).add(hit[0][0].upper() + hit[0][1:])
    for board, forms in boards.items():
        name = f"Gemensam {board}" if f"Gemensam {board}" in forms else min(forms)
        yield BodyName(name, "joint_committee", "joint_board", 0.8, forms - {name}, is_local=True)
    for hit in scan.find(JOINT_FOR):
        name = f"{hit[1][0].upper()}{hit[1][1:]}en"
        yield BodyName(name, "joint_committee", "joint_board", 0.8, {name[0].lower() + name[1:]}, is_local=True)
    for hit in scan.find(PURPOSE):
        if IS_APPOSED.search(scan.text, max(0, hit.start() - 10), hit.start()) or FOLLOWED_BY_NAME.match(scan.text, hit.end()):
            continue
        name = hit[1][0].upper() + hit[1][1:]
        head = name.split()[0]
        short = {head, head.lower()} if head.endswith("rådet") else set()
        yield BodyName(name, guess_kind(head), "council_name", 0.8, {hit[1], *short}, is_local=True)
    for hit in scan.find(GENITIVE_JOINT):
        name = strip_stop_words(hit[1] + "gemensamma " + hit[2])
        yield BodyName(name, "joint_committee", "joint_board", 0.8)
    for hit in scan.find(POSSESSED):
        before = scan.text[max(0, hit.start() - 30) : hit.start()].split()
        if hit[1] not in STOP and not (before and before[-1][0].isupper() and len(before) > 1):  # not "Region Hallands nätverk"
            yield BodyName(f"{hit[1]} {hit[2]}", guess_kind(hit[2]), "possessed_name", 0.75)
    for hit in scan.find(COUNCIL):
        stem = hit[1] or hit[2]
        name = hit[0][0].upper() + hit[0][1:]
        yield BodyName(name, "network" if stem.endswith("nätverk") else "council", "council_name", 0.8, {hit[0]}, is_local=True)


# "en gemensam räddningsnämnd, Räddningsnämnden Ale-Lerum": the name stands beside
NAMED_BOARD = re.compile(r", (?:Den )?[A-ZÅÄÖ][\wåäö-]*nämnden [A-ZÅÄÖ]")
# "Nitus, nätverket för kommunala lärcentra", "X heter nätverket för", "nätverket för skolchefer, Skolchefsnätverket Nord": the name
# stands beside
IS_APPOSED = re.compile(r"(?<=[\wåäö]),\s$|\b(?:heter|är)\s$")
FOLLOWED_BY_NAME = re.compile(r",\s[A-ZÅÄÖ][\wåäö]+(?:nätverk|råd|grupp|forum)")


# "Kursen är ett samarbete", "Utställningen är ett projekt": a short noun in the definite form, or one whose end says what it is, is a name
# only where a capital inside a sentence shows it. Longer compounds are names: "Skogslänken är ett samarbete".
COMMON_NOUN = re.compile(
    r"[A-ZÅÄÖ][a-zåäöé]{1,5}(?:n|t|na)"
    r"|[A-ZÅÄÖ][a-zåäöé]*(?:[nd]ingen|heten|ionen|sionen|ingen|alen|iken|anden|eriet|arna|orna|erna|skapet|tjänsten|platsen|sidan|panjen|skolan"
    r"|dagen|dagarna|veckan|året|loppet|kursen|boken|appen|enheten|mässan|filmen|tävlingen|konferensen|lägret|programmet|projektet|centret|centrumet"
    r"|huset|parken|museet|teatern|hallen|biblioteket|verksamheten|mottagningen|gården|badet|portalen|systemet|avtalet|planen|rapporten|uppdraget"
    r"|arbetet|priset|satsningen|modellen|metoden|studien|vandringen|spelet|kartan|guiden|bussen|caféet|kaféet|turneringen|marknaden|cupen"
    r"|konserten|föreställningen|seminariet|evenemanget|insatsen|stödet|kontoret|avdelningen|förvaltningen)"
)


def stands_inside(word: str, text: str) -> bool:
    """Whether a word stands with its capital after another word of a sentence."""
    return re.search(rf"[\wåäö,] {re.escape(word)}s?\b", text) is not None


def find_described(scan: Scan) -> Iterator[BodyName]:
    """Names that a sentence explains: "X är ett nätverk", ”X” heter ett projekt, Name (ABC)."""
    for hit in scan.find(IS_A):
        is_noun = COMMON_NOUN.fullmatch(hit[1]) and not stands_inside(hit[1], scan.text)
        if hit[1].split()[0] not in STOP and " och " not in hit[1] and not is_generic(hit[1]) and not is_noun:
            yield BodyName(hit[1], guess_kind(hit[2]), "described_name", 0.8)
    for hit in scan.find(APPOSED):
        yield BodyName(hit[2], guess_kind(hit[1]), "apposed_name", 0.7)
    for hit in scan.find(OWN_OFFICE):
        owner, noun = strip_stop_words(hit["owner"] or hit["owner2"]), hit["noun"] or hit["noun2"]
        if owner:
            name = f"{owner}{'' if owner.endswith('s') else 's'} {noun}"
            yield BodyName(name, None, "own_office", 0.75, {hit["phrase"] or hit["phrase2"]})
    for hit in scan.find(QUOTED):
        yield BodyName(hit[1], "collaboration", "quoted_name", 0.75)
    for hit in SPELLED_OUT.finditer(scan.text):
        if spell_initials(hit[2]) == hit[1].casefold():
            yield BodyName(hit[2], guess_kind(hit[2]) or "collaboration", "introduced_name", 0.85, {hit[1]})
    for name, abbreviation in find_introduced(scan):
        letters = [word[0] for word in re.split(r"[\s-]", name) if word]
        if (" " in name or "-" in name) and len(abbreviation) > 2 and abbreviation[0].casefold() == letters[0].casefold():
            yield BodyName(name, guess_kind(name) or "collaboration", "introduced_name", 0.8, {abbreviation})


# What is said before a company's share: "ägs av", "Resten delas mellan", "Aktierna".
SHARES = re.compile(r"\bäg(?:er|s|de|are)|\baktie|\bandelar|\bdelas mellan", re.I)


def find_shareholders(scan: Scan, is_area: Callable[[str], bool]) -> Iterator[BodyName]:
    """Companies of two words or more before their share."""
    for hit in scan.find(SHAREHOLDER):
        name = strip_stop_words(hit[1].strip())
        speaks_of_shares = SHARES.search(scan.text, max(0, hit.start() - 200), hit.start())
        if " " in name and not is_area(name) and (speaks_of_shares or guess_kind(name) == "company"):
            yield BodyName(name, guess_kind(name) or "company", "shareholder_name", 0.7)


def spell_initials(name: str) -> str:
    """What a name abbreviates to, without case: "Gemensam IT-Samordningsfunktion" -> "gits"."""
    return "".join(word if word.isupper() else word[0] for word in re.split(r"[\s-]", name) if word).casefold()


def find_introduced(scan: Scan) -> Iterator[tuple[str, str]]:
    """Names and the abbreviations that stand in parentheses after them; parties are none."""
    for hit in scan.find(INTRODUCED):
        name = strip_stop_words(hit[1])
        if name and hit[2].upper() not in PARTIES:
            yield name, hit[2]
