"""How Swedish public bodies are named (`bodies.toml`): the kind that a name tells, and the words that names are made of."""

import tomllib
from functools import lru_cache
from importlib.resources import files

WORDS = tomllib.loads(files("parsers.names").joinpath("bodies.toml").read_text("utf-8"))
LABELS: dict[str, str] = WORDS["heads"]["label"]
HEADS: tuple[str, ...] = tuple(WORDS["heads"]["part"])
TAIL_ENDS: tuple[str, ...] = tuple(WORDS["tails"]["ends"])
TAIL_WORDS: tuple[str, ...] = tuple(WORDS["tails"]["words"])
COMPOUND_ENDS: tuple[str, ...] = tuple(WORDS["compounds"]["ends"])
GENERIC = frozenset(WORDS["compounds"]["generic"]) | frozenset(LABELS)
ANAPHORA: dict[str, list[str]] = WORDS["anaphora"]
STOP = frozenset(WORDS["stop"]["words"])
# Definite and genitive endings: nämnd, nämnden, nämndens; råd, rådet, rådets; kommitté, kommittén.
ENDINGS = ("ens", "ets", "en", "et", "ns", "ts", "n", "t", "s", "")


@lru_cache(maxsize=4096)
def guess_kind(name: str) -> str | None:
    """The kind that the words of a name tell ("Höglandsförbundet" -> municipal_association); None where they tell none."""
    folded = name.casefold()
    words = folded.split()
    for entry in WORDS["kinds"]:
        if any(word in words or word in (*name.split()[:1], *name.split()[-1:]) for word in entry.get("words", ())):
            return str(entry["kind"])
        for end in entry.get("ends", ()):
            if any(word.endswith(end + ending) for word in (words if " " not in end else [folded]) for ending in ENDINGS):
                return str(entry["kind"])
    return None


def is_generic(name: str) -> bool:
    """Whether a word is a common noun for a kind of body, not one body's name ("Kommunalförbundet")."""
    folded = name.casefold()
    return folded in GENERIC or folded.removesuffix("s") in GENERIC


def is_name(text: str) -> bool:
    """Whether words can be a name: of a kind that its words tell, or with a capital inside."""
    words = text.split()
    return not is_generic(text) and len(words) <= 7 and (guess_kind(text) is not None or any(word[0].isupper() for word in words[1:]))


def strip_genitive(name: str) -> str:
    """A name without its genitive -s: "Tolkförmedling Västs" -> "Tolkförmedling Väst"; unchanged where it ends otherwise."""
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name
