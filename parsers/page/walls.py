"""Pages that answer 200 without being there: soft 404s, and walls that ask for consent, a login or proof of being human (`walls.toml`).

The evidence is what the page calls itself, its title or its own headings, together with little main text; a real page that has a cookie
banner, a login in its head or a sentence on a page that is gone is called something else.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

from parsers.page.document import Document, clean_text
from schemas.facts import Issue

MOST_LINES = 200
"""Of the whole page, that are looked at where it has no main text: a wall is short."""
LONGEST_LINE = 200
MOST_LONE_TEXT = 300
"""Characters of main text of a page without headings whose lines stand for one."""
WORDS: dict[str, Any] = tomllib.loads(files("parsers.page").joinpath("walls.toml").read_text("utf-8"))
FILLERS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, WORDS['fillers']))})(?!\w)[\s,.!:–—-]*")
TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")  # "Sidan hittades inte | Ale kommun", "Ale kommun - Inloggning"; not "e-tjänster"
SPEAKING = ("body", "div", "p", "span", "noscript", "strong", "b", "button", "h1", "h2", "h3", "h4", "li", "center")  # not <a>, <script>
LEADS_AWAY = re.compile(r"(?!#|javascript:|mailto:|tel:)\S", re.I)  # of a href: another page


@dataclass(frozen=True, slots=True)
class Sign:
    """One way of not being there, as in `walls.toml`."""

    code: str
    what: str
    line: re.Pattern[str]
    most_text: int
    most_links: int | None
    needs: str | None


def find_wall(document: Document) -> Issue | None:
    """The issue of a page that is not there, `soft_404` or `page_walled`, with the words that say so; None for every other page."""
    size = sum(len(block.text) for block in document.blocks if block.zone == "content")
    signs = [sign for sign in load_signs() if size <= sign.most_text]
    if not signs:
        return None
    names = {fold_line(name): name for name in find_names(document) if len(name) <= LONGEST_LINE}
    for sign in signs:
        words = next((name for line, name in names.items() if sign.line.fullmatch(line)), None)
        if words and has_few_links(document, sign.most_links) and has_needed(document, sign.needs):
            return Issue(sign.code, f'The page says {sign.what}: "{words}".', "warning", "pages", "text", words)
    return None


@lru_cache(maxsize=1)
def load_signs() -> tuple[Sign, ...]:
    """The signs of `walls.toml`, in its order."""
    return tuple(
        Sign(row["code"], row["what"], re.compile("|".join(row["lines"])), row["most_text"], row.get("most_links"), row.get("needs"))
        for row in WORDS["sign"]
    )


def fold_line(line: str) -> str:
    """A line as `walls.toml` compares it: "Oj! Sidan finns tyvärr inte." is "sidan finns inte"."""
    return FILLERS.sub("", line.casefold()).strip(" .,:;!?…()\"'”»«")


def find_names(document: Document) -> Iterator[str]:
    """What the page calls itself: its title, the parts of that, and what its body names it."""
    title = clean_text(document.tree.findtext(".//title") or "")
    yield title
    yield from TITLE_PARTS.split(title)
    yield from find_own_names(document)


def find_own_names(document: Document) -> Iterable[str]:
    """The one heading of the highest level; the lines of a short text without headings; every line where there is no main text."""
    content = [block for block in document.blocks if block.zone == "content"]
    if not content:
        return islice(find_all_lines(document), MOST_LINES)
    if headings := [block for block in content if block.kind == "heading"]:
        highest = min(block.level for block in headings)
        top = [clean_text(block.text) for block in headings if block.level == highest]
        return top if len(top) == 1 else []
    is_short = sum(len(block.text) for block in content) <= MOST_LONE_TEXT
    return (clean_text(line) for block in content for line in block.text.split("\n")) if is_short else []


def find_all_lines(document: Document) -> Iterator[str]:
    """Every piece of text of the body, that of dialogs and <noscript> too: a wall is often made of what is chrome elsewhere."""
    for element in document.tree.iter(*SPEAKING):
        if text := clean_text(element.text or ""):
            yield text


def has_few_links(document: Document, most: int | None) -> bool:
    """Whether at most so many links of the whole page, its chrome included, lead to other pages; None: any number."""
    if most is None:
        return True
    leading = (link for link in document.tree.iter("a") if LEADS_AWAY.match((link.get("href") or "").strip()))
    return sum(1 for _ in islice(leading, most + 1)) <= most


def has_needed(document: Document, needs: str | None) -> bool:
    """Whether there is a field of the type needed."""
    return needs is None or any((field.get("type") or "").casefold() == needs for field in document.tree.iter("input"))
