"""Chrome and content told apart: by tag, role and the words in class and id (`chrome.toml`)."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

WORDS = tomllib.loads(files("parsers.page").joinpath("chrome.toml").read_text("utf-8"))
TOKEN = re.compile(r"[A-ZÅÄÖ]?[a-zåäö]+|[A-ZÅÄÖ]+(?![a-zåäö])")  # "MainHeader" is main and header; "SubMenuArea" sub, menu, area
CHROME = frozenset(WORDS["tokens"])
PARTS = tuple(WORDS["parts"])
FOOTER, HEADER, ASIDE, BUILDERS, CONTENT = (frozenset(WORDS[name]) for name in ("footer", "header", "aside", "builders", "content"))
ASSISTIVE = re.compile(r"(?:^|\s)(?:" + "|".join(map(re.escape, WORDS["assistive"])) + r")(?:\s|$)", re.I)
# "t2-reading-time", "block_reading_time": words of several parts, with what a theme sets before and behind them.
COMPOUND = re.compile(
    r"(?<![^\s-])(?:" + "|".join(word for words in (CHROME, ASIDE) for word in sorted(words) if "-" in word) + r")(?![^\s-])"
)
NEVER = frozenset(WORDS["never"])
TEASER_HEADINGS = tuple(WORDS["teaser_headings"])
LINK_HEADINGS = (*WORDS["link_headings"], *TEASER_HEADINGS)
LINES = frozenset(line for line in WORDS["lines"] if not line.endswith("*"))
BEGINNINGS = tuple(line.removesuffix("*") for line in WORDS["lines"] if line.endswith("*"))
TRAIL = tuple(WORDS["trail"])
SILENT_TAGS = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "iframe",
        "object",
        "select",
        "textarea",
        "input",
        "label",
        "legend",
        "title",  # of <head>; the rest of it has no text, and a page without <body> has all its content in it
        "math",
        "video",
        "audio",
        "canvas",
    )
)
SILENT_ROLES = frozenset(("navigation", "search", "dialog", "alert", "alertdialog", "menu", "menubar", "tablist", "status"))


def is_link_heading(text: str) -> bool:
    """Whether a heading announces links to other pages ("Relaterat", "Läs mer")."""
    return text.casefold().lstrip().startswith(LINK_HEADINGS)


def is_teaser_heading(text: str) -> bool:
    """Whether a heading announces teasers of other pages ("Aktuellt", "På gång")."""
    return text.casefold().lstrip().startswith(TEASER_HEADINGS)


def is_chrome_line(text: str, linked: int) -> bool:
    """Whether a block is no content by its words alone: "Skriv ut", "Du är här: ...", links that a ">" parts.

    `linked`: how many of its characters are links.
    """
    folded = text.casefold().strip()
    if folded.strip(":|. ") in LINES or (len(text) < 200 and folded.startswith(BEGINNINGS)):
        return True
    return 0 < linked < len(text) and linked * 2 > len(text) and any(mark in text for mark in TRAIL) and ". " not in text


@lru_cache(maxsize=4096)
def zone_of_words(words: str) -> str | None:
    """The zone that class and id name: chrome | footer | header | aside | content, None where they name none."""
    tokens = {token.casefold() for token in TOKEN.findall(words)}
    tokens |= {word.casefold() for word in (*re.split(r"[\s_-]+", words), *words.split())}
    tokens |= set(COMPOUND.findall(words.casefold().replace("_", "-")))
    aside = ASIDE if tokens.isdisjoint(BUILDERS) else frozenset[str]()
    for zone, known in (("content", CONTENT), ("chrome", CHROME), ("footer", FOOTER), ("header", HEADER), ("aside", aside)):
        if tokens & known or (zone == "chrome" and any(part in words.casefold() for part in PARTS)):
            return zone
    return None


@lru_cache(maxsize=4096)
def is_assistive(classes: str) -> bool:
    """Whether the words are for screen readers only ("Länk till annan webbplats")."""
    return ASSISTIVE.search(classes) is not None


LONGEST_QUESTION = 250
"""Characters of a form that asks what one thinks of the page: on the annotated pages 20 to 95. A survey says more, and to whom."""


def is_asking(form: Any) -> bool:
    """Whether a form asks for words ("Tyck till om sidan"): not a survey that the page is about, nor what .NET pages wrap around all."""
    is_own = form.find(".//textarea") is not None and form.find(".//h1") is None and form.find(".//main") is None
    return is_own and len(" ".join("".join(form.itertext()).split())) <= LONGEST_QUESTION


def zone_of_element(element: Any, zone: str) -> str:
    """The zone of an element inside a zone: silent (left out with all in it), or the zone of what is in it."""
    tag = element.tag
    if tag in SILENT_TAGS or (tag == "form" and is_asking(element)):
        return "silent"
    attributes = element.attrib
    if not attributes and tag not in ("footer", "header", "aside", "main"):
        return zone
    role = attributes.get("role")
    if role in SILENT_ROLES or attributes.get("aria-hidden") == "true" or "data-nosnippet" in attributes:
        return "silent"
    words = f"{attributes.get('class', '')} {attributes.get('id', '')}".strip()
    named = zone_of_words(words) if words and tag not in NEVER else None
    if named == "chrome" or (words and is_assistive(words)):
        return "silent"
    if tag == "main" or role == "main":
        return "content"
    if tag == "footer" or named == "footer" or role == "contentinfo":
        return "footer" if zone != "content" or tag != "footer" else zone
    if (tag == "header" or named == "header") and zone not in ("content", "aside", "footer"):
        return "header"
    if tag == "aside" or named == "aside" or role == "complementary":
        return "aside" if zone != "footer" else zone
    if named == "content" and zone == "outside":
        return "content"
    return zone
