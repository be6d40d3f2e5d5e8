"""A page as text and blocks: chrome left out, what is kept labelled by zone, every piece at its offsets in the text."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from parsers.page.chrome import is_link_heading

Element = Any  # lxml ships no types
# Characters of main text that are read of a page. The longest page of a public body seen (a whole report) has 300,000; what is longer is
# a listing, and would hold up a run for minutes.
LONGEST_TEXT = 500_000
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
    is_header: bool = False
    """A <th>."""
    section: int = -1
    """Index of the heading block that it stands under, -1 where none."""
    index: int = -1
    """Its place among the page's blocks."""
    inlines: list[Inline] = field(default_factory=list)

    @property
    def linked(self) -> int:
        """How many characters of its text are links."""
        return sum(i.end - i.start for i in self.inlines if i.tag == "a")

    @property
    def is_all_links(self) -> bool:
        """Whether its text is nothing but links (punctuation aside)."""
        return self.linked > 0 and self.linked >= len(self.text.strip(" .,;:|–-•·/")) - 2

    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line in the page's text."""
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
    regions: list[Region]
    is_truncated: bool
    """Whether the end is missing: nested too deep for the parser, or beyond `LONGEST_TEXT`."""
    source: str = ""
    """The HTML: a look at it tells whether a search of the whole tree can find anything."""

    @cached_property
    def _indexed(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {tag: [] for tag in INDEXED_TAGS}
        for element in self.tree.iter(*INDEXED_TAGS):
            found[element.tag].append(element)
        return found

    def elements(self, tag: str) -> list[Element]:
        """All elements of one of `INDEXED_TAGS` in the whole page, its head and chrome included; one pass serves all who ask."""
        return self._indexed[tag]

    @cached_property
    def starts(self) -> list[int]:
        """Start of every block, ascending."""
        return [block.start for block in self.blocks]

    def block_at(self, position: int) -> Block | None:
        """The block that covers a position of the text; None at the line breaks between blocks."""
        index = bisect_left(self.starts, position + 1) - 1
        return self.blocks[index] if index >= 0 and position < self.blocks[index].end else None

    def heading_of(self, block: Block) -> Block | None:
        """The heading that a block stands under."""
        return self.blocks[block.section] if block.section >= 0 else None

    def headings_above(self, block: Block) -> list[Block]:
        """All headings above a block, innermost first."""
        chain = []
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


INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphen, zero-width space and joiners, BOM
SENTENCE_END = re.compile(r"[.!?…]$")


def clean_text(text: str) -> str:
    """Text with white space folded, soft hyphens and zero-width characters gone, NFC."""
    return unicodedata.normalize("NFC", " ".join(text.translate(INVISIBLE).split()))


def assemble(tree: Element, blocks: list[Block], spans: list[tuple[Element, int, int, str]], *, is_truncated: bool) -> Document:
    """A document of raw blocks: link lists that lead elsewhere dropped, sections found, offsets given.

    `spans` are containers as (element, first block, block after the last, zone).
    """
    free_layout_cells(blocks)
    mark_bold_headings(blocks)
    kept = [not dropped for dropped in find_link_lists(blocks)]
    is_cut = cut_long_text(blocks, kept)
    starts, parts, position, previous = [0] * (len(blocks) + 1), [], 0, None
    for index, block in enumerate(blocks):
        if kept[index]:
            if previous is not None:
                parts.append(choose_separator(previous, block))
                position += 1
            place_block(block, position)
            parts.append(block.text)
            position, previous = block.end, block
        starts[index + 1] = position
    regions = [
        Region(element, inside[0].start, inside[-1].end, zone)
        for element, first, last, zone in spans
        if (inside := [b for i, b in enumerate(blocks[first:last], first) if kept[i]])
    ]
    blocks = [block for index, block in enumerate(blocks) if kept[index]]
    link_sections(blocks)
    return Document(tree, "".join(parts), blocks, regions, is_truncated or is_cut)


def cut_long_text(blocks: list[Block], kept: list[bool]) -> bool:
    """Leaves out all that stands beyond `LONGEST_TEXT`; whether there was any."""
    left = LONGEST_TEXT
    for index, block in enumerate(blocks):
        if not kept[index]:
            continue
        if len(block.text) > left:
            block.text = block.text[:left].rstrip()
            block.inlines = [inline for inline in block.inlines if inline.end <= len(block.text)]
            kept[index] = bool(block.text)
            kept[index + 1 :] = [False] * (len(kept) - index - 1)
            return True
        left -= len(block.text) + 1
    return False


def free_layout_cells(blocks: list[Block]) -> None:
    """Blocks in a table that lays out the page stand in no cell: one of its cells holds a heading or several paragraphs."""
    counts = Counter((block.group, block.cell) for block in blocks if block.cell)
    layout = {group for (group, _), count in counts.items() if count > 3}
    layout |= {block.group for block in blocks if block.cell and block.kind == "heading"}
    for block in blocks:
        if block.cell and block.group in layout:
            block.cell, block.group = None, -1
            if block.kind == "cell":
                block.kind = "paragraph"


def place_block(block: Block, position: int) -> None:
    """Gives a block and what is inside it their offsets in the text."""
    block.start, block.end = position, position + len(block.text)
    for inline in block.inlines:
        inline.start, inline.end = inline.start + position, inline.end + position


def choose_separator(previous: Block, block: Block) -> str:
    """A tab between cells of one table row, a line break between all else."""
    same_row = previous.cell and block.cell and previous.group == block.group and previous.cell[0] == block.cell[0]
    return "\t" if same_row and previous.cell != block.cell else "\n"


def mark_bold_headings(blocks: list[Block]) -> None:
    """A short paragraph that is all bold and no sentence is a heading in all but tag: level 7."""
    for block in blocks:
        if block.kind != "paragraph" or len(block.text) > 80 or "\n" in block.text or SENTENCE_END.search(block.text):
            continue
        bold = sum(i.end - i.start for i in block.inlines if i.tag in ("strong", "b"))
        if bold and bold >= len(block.text.rstrip(" :")):
            block.kind, block.level = "heading", 7


def find_link_lists(blocks: list[Block]) -> list[bool]:
    """For each block, whether it belongs to a list of links elsewhere: under such a heading, or bare links in side and foot."""
    dropped, under, level = [], False, 0
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            if not under or block.level <= level:
                under, level = is_link_heading(block.text), block.level
        elif block.zone != blocks[index - 1].zone if index else False:
            under = False
        is_list = is_link_heading(block.text) and block.linked * 2 > len(block.text)  # "Länkar: Trosa · Region Sörmland"
        is_bare = (block.is_all_links or is_list) and not any(i.href.startswith(("mailto:", "tel:")) for i in block.inlines)
        dropped.append(
            is_bare
            and block.kind != "heading"
            and (under or is_list or block.zone == "footer" or (block.zone == "aside" and block.kind == "item"))
        )
    return dropped


def link_sections(blocks: list[Block]) -> None:
    """Gives every block the heading it stands under; side and foot begin anew."""
    stack: list[int] = []
    zone = None
    for index, block in enumerate(blocks):
        block.index = index
        if block.zone != zone:
            stack, zone = [], block.zone
        if block.kind == "heading":
            while stack and blocks[stack[-1]].level >= block.level:
                stack.pop()
        block.section = stack[-1] if stack else -1
        if block.kind == "heading":
            stack.append(index)


def parse_html(text: str) -> tuple[Element | None, bool]:
    """The tree of any text and whether the parser gave up at its depth limit (2,048 levels); None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    return tree, any("xcessive depth" in entry.message for entry in parser.error_log)
