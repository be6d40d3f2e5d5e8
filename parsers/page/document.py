"""A page as text and blocks: chrome left out, what is kept labelled by zone, every piece at its offsets in the text."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

Element = Any  # lxml ships no types
Read = TypeVar("Read")
INDEXED_TAGS = ("html", "body", "meta", "link", "script", "img", "time", "h1")


@dataclass(slots=True, eq=False)
class Inline:
    """A link, a <time> or emphasis inside the text."""

    tag: str
    start: int
    end: int
    element: Element

    @property
    def href(self) -> str:
        """The link's target as written; "" where there is none."""
        return str(self.element.get("href") or "").strip()


@dataclass(slots=True, eq=False)
class Block:
    """A heading, paragraph, list item, table cell ...: the text between two block boundaries, lines split by "\\n"."""

    kind: str
    """heading | paragraph | item | cell | term | definition | caption | quote"""
    zone: str
    """content | aside | footer"""
    element: Element
    text: str
    start: int = 0
    end: int = 0
    level: int = 0
    """Of a heading 1 to 6 (7: a paragraph that is all bold), of an item its depth."""
    group: int = -1
    """Number of the innermost list or table it stands in, -1 outside."""
    cell: tuple[int, int] | None = None
    """Row and column in its table, from 0."""
    rows: int = 1
    """How many rows of its table its cell covers (`rowspan`)."""
    is_header: bool = False
    """A <th>."""
    section: int = -1
    """Index of the heading block that it stands under, -1 where none."""
    head: int = -1
    """Index of the block that heads its list item or definition: the link, bold line or term over its text; -1 where none."""
    index: int = -1
    """Its place among the page's blocks."""
    inlines: list[Inline] = field(default_factory=list)

    @property
    def linked(self) -> int:
        """How many characters of its text are links."""
        return sum(i.end - i.start for i in self.inlines if i.tag == "a") if self.inlines else 0

    @property
    def is_all_links(self) -> bool:
        """Whether its text is nothing but links (punctuation aside)."""
        linked = self.linked
        return linked > 0 and linked >= len(self.text.strip(" .,;:|–-•·/")) - 2

    @property
    def is_bold(self) -> bool:
        """Whether its text is all bold."""
        bold = sum(i.end - i.start for i in self.inlines if i.tag in ("strong", "b"))
        return bold > 0 and bold >= len(self.text.rstrip(" :"))

    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line in the page's text."""
        if "\n" not in self.text:
            return [(self.start, self.end)]
        spans, position = [], self.start
        for line in self.text.split("\n"):
            spans.append((position, position + len(line)))
            position += len(line) + 1
        return spans


@dataclass(slots=True)
class Region:
    """A container element and the span of the text that it covers."""

    element: Element
    start: int
    end: int
    zone: str


@dataclass
class Document:
    """The parsed page: its tree, its main text (`pages.text`) and what stands where in it."""

    tree: Element
    text: str
    blocks: list[Block]
    containers: list[tuple[Element, int, int, str]]
    """Every container as (element, first block, block after the last, zone)."""
    is_truncated: bool
    """Whether the end is missing: nested too deep for the parser, or beyond `LONGEST_TEXT`."""
    source: str = ""
    """The HTML: a look at it tells whether a search of the whole tree can find anything."""
    kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    """What `once_per_page` readings gave."""

    @cached_property
    def lower_text(self) -> str:
        """The text in lower case, for quick looks."""
        return self.text.lower()

    @cached_property
    def _indexed(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {tag: [] for tag in INDEXED_TAGS}
        for element in self.tree.iter(*INDEXED_TAGS):
            found[element.tag].append(element)
        return found

    def elements(self, tag: str) -> list[Element]:
        """All elements of one of `INDEXED_TAGS` in the whole page, its head and chrome included; one pass serves all who ask."""
        return self._indexed[tag]

    def find_regions(self, mark_of: Callable[[Element], str | None]) -> Iterator[tuple[Region, str]]:
        """The containers that bear a mark and hold any text, in order, each with its mark."""
        for element, first, last, zone in self.containers:
            if first < last and (mark := mark_of(element)):
                yield Region(element, self.blocks[first].start, self.blocks[last - 1].end, zone), mark

    @cached_property
    def starts(self) -> list[int]:
        """Start of every block, ascending."""
        return [block.start for block in self.blocks]

    def block_at(self, position: int) -> Block | None:
        """The block that covers a position of the text; None at the line breaks between blocks."""
        index = bisect_left(self.starts, position + 1) - 1
        return self.blocks[index] if index >= 0 and position < self.blocks[index].end else None

    @cached_property
    def _group_spans(self) -> dict[int, tuple[int, int]]:
        spans: dict[int, tuple[int, int]] = {}
        for block in self.blocks:
            spans[block.group] = (spans.get(block.group, (block.start, 0))[0], block.end)
        return spans

    def group_span(self, group: int) -> tuple[int, int]:
        """Where a list or table begins and ends in the text."""
        return self._group_spans[group]

    def heading_of(self, block: Block) -> Block | None:
        """The heading that a block stands under."""
        return self.blocks[block.section] if block.section >= 0 else None

    def headings_above(self, block: Block) -> list[Block]:
        """All headings above a block, the head of its item among them, innermost first."""
        chain = [self.blocks[block.head]] if block.head >= 0 else []
        while block.section >= 0:
            block = self.blocks[block.section]
            chain.append(block)
        return chain

    def top_section(self, block: Block) -> int:
        """Index of the heading below the title that a block's part of the page stands under; -1 where none."""
        index = block.section
        while index >= 0 and self.blocks[index].section >= 0 and self.blocks[self.blocks[index].section].level > 1:
            index = self.blocks[index].section
        return index

    def title(self) -> str | None:
        """The text of the h1 (the first one in the content, else any), else of <title> before its last separator."""
        for block in self.blocks:
            if block.kind == "heading" and block.level == 1 and block.zone == "content":
                return " ".join(block.text.split())
        for element in self.elements("h1"):
            if text := clean_text("".join(element.itertext())):
                return text
        text = clean_text(self.tree.findtext(".//title") or "")
        return re.split(r"\s+[|–—-]\s+", text)[0] or None if text else None


def once_per_page(read: Callable[[Document], Read]) -> Callable[[Document], Read]:
    """A reading of a page that several ask for: the first call reads, later ones get the same, which is kept with the page."""

    @wraps(read)
    def read_once(document: Document) -> Read:
        if read not in document.kept:
            document.kept[read] = read(document)
        return document.kept[read]  # type: ignore[no-any-return]  # what `read` gave

    return read_once


INVISIBLE = "\xad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners, BOM


def drop_invisible(text: str) -> str:
    """Text without soft hyphens and zero-width characters."""
    for character in INVISIBLE:  # many times faster than str.translate, since most texts hold none
        text = text.replace(character, "")
    return text


def clean_text(text: str) -> str:
    """Text with white space folded, soft hyphens and zero-width characters gone, NFC."""
    return unicodedata.normalize("NFC", " ".join(drop_invisible(text).split()))
