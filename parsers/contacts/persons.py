"""Names of persons and the roles they hold, told from everything else by rules and the words in `people.toml`."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

WORDS = tomllib.loads(files("parsers.contacts").joinpath("people.toml").read_text("utf-8"))
NAMES = WORDS["names"]
GIVEN = frozenset(name.casefold() for name in NAMES["given"].split())
NOT_NAMES = frozenset(NAMES["not_names"])
SURNAMES = frozenset(name.casefold() for name in NAMES["surnames"])
NOT_NAME_ENDINGS = tuple(NAMES["not_name_endings"])
SURNAME_ENDINGS = tuple(NAMES["surname_endings"])
PARTICLES = frozenset(NAMES["particles"])
TITLES = frozenset(NAMES["titles"])
ROLE_WORDS = frozenset(WORDS["role_words"])
ROLE_ENDINGS = tuple(WORDS["role_endings"])
MODIFIERS = frozenset(WORDS["modifiers"])
SENTENCE_WORDS = frozenset(WORDS["sentence_words"])
SEATS = frozenset(WORDS["seats"])
LIST_ROLES: dict[str, str] = WORDS["list_roles"]
_LIST_BEGINNINGS = tuple({role.split()[0] for role in LIST_ROLES})
CONTACT_ROLES = frozenset(WORDS["contact_roles"])
ROLE_KINDS: dict[str, list[str]] = WORDS["role_kinds"]

_UPPER, _LOWER = "A-ZÅÄÖÉÜØÆÁÓÍŠŽĆČŁ", "a-zåäöéèêëüøæáóíñçõôšžćčłńïúýðþ"
# "Berg", "Wallén-Nilsson", "McLean", "O'Brien", "Bo-Kenneth".
_PART = rf"(?:[ODLN]['’])?(?:Mc|Mac)?[{_UPPER}][{_LOWER}]+"
WORD = rf"{_PART}(?:-[{_UPPER}{_LOWER}][{_LOWER}]*)*"
INITIAL = rf"[{_UPPER}](?:\.|(?![\w.]))(?:-?[{_UPPER}]\.)?"  # "A", "A.", "K.-G."
SMALL = "|".join(NAMES["particles"])
# Two to five words in a row: "Ingrid A Jarlsson", "Rikard von Zweigbergk", "S. Holm Karlsson".
_RUN = re.compile(rf"(?<![\w-])(?:{WORD}|{INITIAL})(?:[  ](?:{WORD}|{INITIAL}|(?:{SMALL})(?=[  ](?:[{_UPPER}]|{SMALL})))){{1,6}}(?![\w])")
_NAME_WORD = re.compile(rf"{WORD}|{INITIAL}")
_FULL_WORD = re.compile(WORD)
# "(M)", ", (s)", "(KD)", "(-)", "(M+)", "(Alliansen)" would be a name of something else and stays.
PARTY = re.compile(r"[\s,]*\(\s*(?:[A-Za-zÅÄÖåäö]{1,4}|-)\s*\)[\s,]*")
# "(vik.)", "(tjänstledig)" after a name.
_REMARK = re.compile(rf"\s*\((?:{'|'.join(map(re.escape, NAMES['remarks']))})\)", re.IGNORECASE)
# What trails a seat: "ordförande 2023-2024", "vice ordförande (2019–)", "ledamot t.o.m. september 2018", "ordförande fr.o.m. 1 mars".
_TERM = re.compile(
    r"[\s,(]+(?:(?:t\.?\s?o\.?\s?m|fr\.?\s?o\.?\s?m|från och med|till och med|sedan|perioden|år|mandatperioden)\.?\s.*|(?:19|20)\d\d\b.*)$",
    re.IGNORECASE,
)
# "ordförande i kommittén", "ledamot i nämnden": the body in general words; which one it is, the section says.
_GENERAL_BODY = re.compile(
    r"\s(?:i|för|av|inom)\s[a-zåäö]*(?:kommittén|nämnden|styrelsen|gruppen|rådet|direktionen|förbundet|nätverket|utskottet|föreningen)$"
)

# A role does not end in one of these.
_DANGLING = frozenset(["och", "samt", "eller", "i", "på", "för", "vid", "hos", "inom", "med", "&", "of", "for", "at", "the"])


def read_person(text: str, *, is_surely_name: bool = False) -> str | None:
    """The person's name that the text is, without party, titles and remarks ("Eva A Ekdal (m)", "Eva Ekdal (vik.)"); None where it is none.

    The surname may look like another word where the head of its column, or a party after it, says that it is a name ("Tilda Mogatan (S)").
    """
    if len(text) > 80 or not text[:1].isupper():
        return None
    is_surely_name = is_surely_name or ("(" in text and PARTY.search(text, 5) is not None)
    words = (PARTY.sub(" ", _REMARK.sub("", text)) if "(" in text else text).strip(" ,.;:*\t\n").split()
    if text.isupper() and words and words[0].casefold() in GIVEN:
        words = [word.title() for word in words]
    while words and words[0].casefold() in TITLES:
        words.pop(0)
    return " ".join(words) if is_name(words, is_surely_name=is_surely_name) else None


@lru_cache(maxsize=4096)
def _is_no_name(word: str) -> bool:
    """Whether a word stands in no one's name ("Kontakt", "Storgatan", "Kommundirektör")."""
    folded = word.casefold()
    return (
        folded in NOT_NAMES or (folded.endswith(NOT_NAME_ENDINGS) and folded not in GIVEN and folded not in SURNAMES) or is_role_word(word)
    )


def is_name(words: list[str], *, is_surely_name: bool = False) -> bool:
    """Whether the words make a name: two to four with capitals, particles between, a given name or initials first, a whole surname last."""
    capitals = [word for word in words if word.casefold() not in PARTICLES or word[:1].isupper()]
    if not 2 <= len(capitals) <= 4 or len(words) > 6 or not _FULL_WORD.fullmatch(words[-1]):
        return False
    is_given = words[0].casefold() in GIVEN
    rest = capitals[1:] if is_given else capitals  # "Maj" is a month, too
    if is_given and (is_surely_name or (len(capitals) == 2 and words[-1].casefold().endswith(SURNAME_ENDINGS))):
        rest = [word for word in rest if word.casefold() in NOT_NAMES]  # "Gustaf Trehörning"
    if not all(_NAME_WORD.fullmatch(word) for word in capitals) or any(_is_no_name(word) for word in rest):
        return False
    return _FULL_WORD.fullmatch(words[0]) is not None or words[0].endswith(".") or len(words) > 2


def has_given_name(person: str) -> bool:
    """Whether a name begins with a common given name, alone or as one half of a double one: it is surely a person's."""
    first = person.split()[0].casefold()
    return first in GIVEN or first.split("-")[0] in GIVEN


def find_persons(text: str) -> list[tuple[int, int, str]]:
    """Every name of a person in running text as (start, end, name), without what stands before it ("Kontakta", "Landshövding")."""
    if text[1:].islower():  # a name has two capitals: most texts that hold none are quickly known
        return []
    return [found for run in _RUN.finditer(text) if (found := _trim_run(text, run.start(), run.end()))]


def _trim_run(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    words = list(re.finditer(r"[^\s ]+", text[start:end]))
    first = next((i for i, word in enumerate(words) if word[0].casefold() in GIVEN), None)
    if first is None:
        first = 0
        while first < len(words) and _is_no_name(words[first][0]):
            first += 1
    last = len(words)
    while last - first >= 2 and (_is_no_name(words[last - 1][0]) or not _FULL_WORD.fullmatch(words[last - 1][0])):
        last -= 1
    kept = [word[0] for word in words[first:last]]
    if not is_name(kept):
        return None
    return start + words[first].start(), start + words[last - 1].end(), " ".join(kept)


@lru_cache(maxsize=8192)
def is_role_word(word: str) -> bool:
    """Whether one word names a role: "kommunchef", "IT-strateg", "vd"."""
    folded = word.casefold().strip(".,;:()")
    return folded.endswith(ROLE_ENDINGS) or folded in ROLE_WORDS


def read_role(text: str) -> str | None:
    """The role that a short text states, as written but without term of office; None where it states none.

    "Avdelningschef Arbetsmarknad och social välfärd", "regionstyrelsens ordförande", "vice ordförande 2023-2024" (without the years).
    """
    if len(text) > 200:
        return None
    text = _TERM.sub("", " ".join(text.split())).strip(" ,.;:*–-(")
    text = text if "(" in text else text.rstrip(" )")  # "(projektledare)"
    words = text.split()
    if not 1 <= len(words) <= 12 or len(text) > 110:
        return None
    index = next((i for i, word in enumerate(words) if is_role_word(word)), None)
    if index is None or index > 5 or any(word.casefold().strip(",.") in SENTENCE_WORDS for word in words):
        return None
    if not all(_may_precede(word) for word in words[:index]) or words[-1].casefold() in _DANGLING:
        return None
    role = (_GENERAL_BODY.sub("", text) if is_seat(text) else text).rstrip(" ,.;:*–-(")
    return role if role.split()[-1].casefold() not in _DANGLING else None


def _may_precede(word: str) -> bool:
    """Whether a word before the role word can belong to the role: "vice", "regionstyrelsens", "hälso-", "och", "HR"."""
    folded = word.casefold().strip(",")
    return folded in MODIFIERS or folded.endswith(("-", "s", "/")) or folded in ("och", "&", "samt", "hr", "it", "va") or word.islower()


def is_seat(role: str) -> bool:
    """Whether a role is a seat in a body ("vice ordförande", "ledamot"), not an employment."""
    words = [word.strip(",.") for word in role.casefold().split()]
    index = next((i for i, word in enumerate(words) if is_role_word(word)), None)
    return index is not None and words[index] in SEATS


def read_list_role(text: str) -> str | None:
    """The seat of everyone listed under a heading or cell: "Ledamöter" and "Ordinarie" are "ledamot"; None for any other text."""
    if len(text) > 80 or not text.lstrip(" :.*\t\n").casefold().startswith(_LIST_BEGINNINGS):
        return None
    return LIST_ROLES.get(" ".join(_TERM.sub("", text).split()).strip(" :.*").casefold())


def split_roles(role: str) -> list[str]:
    """The two roles that head two names ("Ordförande och vice ordförande"), else the role alone."""
    halves = re.split(r"\s+(?:och|samt|&|/)\s+", role)
    return [half.strip() for half in halves] if len(halves) > 1 and all(read_role(half) for half in halves) else [role]


def kind_of_role(role: str) -> str | None:
    """The only kind of organisation that has such a role ("landshövding": county_board); None where several have it."""
    folded = role.casefold()
    return next((kind for kind, words in ROLE_KINDS.items() if any(word in folded for word in words)), None)
