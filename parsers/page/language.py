"""The language of a page: as it says itself, else by the frequent words of its text."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from parsers.page.document import Document

DATA: dict[str, list[str]] = tomllib.loads(files("parsers.page").joinpath("language.toml").read_text("utf-8"))
STOP_WORDS = {language: frozenset(words) for language, words in DATA.items()}
TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$", re.I)  # "sv", "sv-SE", "sv_SE"; not "Svenska"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
META_NAMES = frozenset(("content-language", "dc.language", "dcterms.language", "og:locale"))
SAMPLE = 300  # words: a few lines suffice
FEWEST = 5  # stop words; below that a text tells nothing


def read_language(document: Document) -> str | None:
    """The page's language as BCP 47 without region ("sv", "en"); None where neither markup nor words tell."""
    for stated in stated_languages(document):
        if tag := TAG.match(stated.strip()):
            return tag[1].lower()
    return guess_language(document.text)


def stated_languages(document: Document) -> Iterator[str]:
    """What the page states: on <html>, then in <meta>."""
    for root in document.elements("html"):
        yield from (value for name in ("lang", "xml:lang", XML_LANG) if (value := root.get(name)))
    for meta in document.elements("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        if name.casefold() in META_NAMES:
            yield meta.get("content") or ""


def guess_language(text: str) -> str | None:
    """The language with the most stop words in a text; None where there are few, or as many of another."""
    words = text[: SAMPLE * 12].casefold().split(maxsplit=SAMPLE)[:SAMPLE]
    counts = sorted(((sum(word in known for word in words), language) for language, known in STOP_WORDS.items()), reverse=True)
    (most, language), (second, _) = counts[:2]
    return language if most >= FEWEST and most > 2 * second else None
