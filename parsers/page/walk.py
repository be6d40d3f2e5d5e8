"""The one walk over the tree: elements to blocks, in document order."""

import unicodedata
from typing import Any

from lxml import etree

from parsers.page.assembly import assemble
from parsers.page.chrome import is_assistive, zone_of_element
from parsers.page.content import drop_decoration
from parsers.page.document import Block, Document, Inline, drop_invisible
from parsers.page.grid import Grid, read_span
from parsers.page.masked import reveal_addresses
from parsers.page.tree import has_main, parse_html

KINDS = {
    "p": "paragraph", "li": "item", "td": "cell", "th": "cell", "dt": "term", "dd": "definition", "caption": "caption",
    "figcaption": "caption",
    "blockquote": "quote", "address": "paragraph", "pre": "paragraph", "summary": "heading",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
BOUNDARIES = frozenset(
    (
        *KINDS,
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "ul",
        "ol",
        "dl",
        "table",
        "tr",
        "tbody",
        "thead",
        "form",
        "fieldset",
        "figure",
        "details",
        "body",
        "hr",
        "hgroup",
        "center",
    )
)
CONTAINERS = frozenset(
    (
        "div",
        "section",
        "article",
        "aside",
        "footer",
        "address",
        "li",
        "ul",
        "ol",
        "dl",
        "table",
        "tr",
        "td",
        "p",
        "details",
        "figure",
        "form",
        "main",
        "header",
    )
)
EMPTY = frozenset(("link", "meta", "img", "base", "col", "area", "param"))  # nothing stands in one, and none of them is shown as text
INLINES = frozenset(("a", "time", "strong", "b", "abbr"))
MOST_WRITTEN = 2_000_000
"""Characters of blocks, each counted as `BLOCK_COST` more, after which the walk ends: far beyond what `LONGEST_TEXT` keeps of a page."""
BLOCK_COST = 20
PIECES = frozenset(("span", "a", "strong", "b", "em", "small"))
GROUPS = frozenset(("ul", "ol", "dl", "table"))


class Walk:
    """The state of the walk: the zone, the open lists and tables, and the block that is being written."""

    def __init__(self, root: Any, zone: str) -> None:
        self.zones = [zone]
        self.blocks: list[Block] = []
        self.spans: list[tuple[Any, int, int, str]] = []
        self.open_spans: list[int] = []
        self.kinds: list[tuple[str, int, Any]] = [("paragraph", 0, root)]  # text beside all elements is the root's
        self.groups: list[int] = []
        self.grids: list[Grid] = []
        self.group_count = 0
        self.line: list[str] = []
        self.length = 0
        self.written = 0
        self.is_spaced = True
        self.inlines: list[Inline] = []
        self.open_inlines: list[Inline] = []

    def write(self, text: str) -> None:
        """Appends text to the block, white space folded."""
        if text.isspace():
            self.space()
            return
        if self.open_inlines and "a" in [inline.tag for inline in self.open_inlines]:
            # "SKR<img> Länk till annan webbplats, öppnas i nytt fönster.": a name would take the words for its own
            text = drop_decoration(text)
        text = text[:MOST_WRITTEN]  # a line of 20 MB would be hundreds of megabytes of words
        words = drop_invisible(text).split()
        if not words:
            return
        if text[0].isspace():
            self.space()
        piece = " ".join(words)
        self.line.append(piece)
        self.length += len(piece)
        self.is_spaced = False
        if text[-1].isspace():
            self.space()

    def space(self) -> None:
        """One space, unless the line begins here or ends in one."""
        if not self.is_spaced:
            self.line.append(" ")
            self.length += 1
            self.is_spaced = True

    def break_line(self) -> None:
        """A <br>: a new line within the block."""
        if self.line and self.line[-1] == " ":
            self.line.pop()
            self.length -= 1
        if self.line and self.line[-1] != "\n":
            self.line.append("\n")
            self.length += 1
        self.is_spaced = True

    def flush(self) -> None:
        """Ends the block that is being written."""
        if not self.line and not self.open_inlines and not self.inlines:
            return
        for inline in self.open_inlines:  # a link around blocks: one inline for each of them
            self.close_inline(inline)
        text = "".join(self.line).rstrip()
        inlines = [i for i in self.inlines if i.start < len(text)]
        if not unicodedata.is_normalized("NFC", text):
            text, inlines = unicodedata.normalize("NFC", text), []  # a rare spelling; its links lose their places
        if text and self.zones[-1] in ("content", "aside", "footer"):
            kind, level, element = self.kinds[-1]
            grid = self.grids[-1] if self.grids and self.groups and self.grids[-1].group == self.groups[-1] else None
            cell = (grid.row, grid.column) if grid and grid.column >= 0 else None  # a caption stands in none
            for inline in inlines:
                inline.end = min(inline.end, len(text))
            self.blocks.append(
                Block(kind, self.zones[-1], element, text, level=level, group=self.groups[-1] if self.groups else -1, cell=cell,
                      rows=grid.rows if grid else 1, is_header=element.tag == "th", inlines=inlines)
            )  # fmt: skip
            self.written += len(text) + BLOCK_COST
        self.line, self.length, self.is_spaced, self.inlines = [], 0, True, []
        self.open_inlines = [Inline(i.tag, 0, 0, i.element) for i in self.open_inlines]

    def finish(self) -> None:
        """Ends the block that is being written, and the containers that are open where the walk ends early."""
        self.flush()
        for index in self.open_spans:
            element, first, _, zone = self.spans[index]
            self.spans[index] = (element, first, len(self.blocks), zone)

    def close_inline(self, inline: Inline) -> None:
        """Notes where an inline ends; one without text is forgotten."""
        inline.end = self.length - (1 if self.line and self.line[-1] in (" ", "\n") else 0)
        if inline.end > inline.start or inline.tag == "time":
            self.inlines.append(inline)

    def enter(self, element: Any, tag: str) -> bool:
        """Opens an element; False where it and all in it are left out."""
        zone = self.zones[-1]
        if tag not in BOUNDARIES:
            if tag in EMPTY:
                return True
            if tag in PIECES and not self.is_spaced and self.line and is_piece_of_its_own(element, self.line[-1][-1]):
                self.space()
            if tag == "br":
                self.break_line()
            elif tag == "button":
                return element.get("aria-expanded") is not None or self.kinds[-1][0] == "heading"
            elif tag in INLINES:
                if tag == "a" and is_assistive(element.get("class") or ""):
                    return False
                if tag == "time" and zone_of_element(element, zone) == "silent":  # <time class="top-date">: of the visit
                    return False
                if tag == "a" and (element.get("href") or "").startswith(("mailto:", "tel:")):
                    self.space()  # "<b>Name</b><a>0980-31 92 33</a><a>x@y.se</a>": styled apart, though no white space parts them
                self.open_inlines.append(Inline(tag, self.length, self.length, element))
            elif zone_of_element(element, zone) == "silent":
                return False
            return True
        inner = zone_of_element(element, zone)
        if inner == "silent":
            return False
        self.flush()
        self.zones.append(inner)
        if tag in CONTAINERS:
            self.open_spans.append(len(self.spans))
            self.spans.append((element, len(self.blocks), -1, inner))
        if tag in GROUPS:
            self.groups.append(self.group_count)
            self.group_count += 1
            if tag == "table":
                self.grids.append(Grid(self.groups[-1]))
        elif tag == "tr" and self.grids:
            self.grids[-1].start_row()
        elif tag in ("td", "th") and self.grids:
            self.grids[-1].start_cell(read_span(element, "colspan"), read_span(element, "rowspan"))
        self.kinds.append(self.kind_of(element, tag))
        return True

    def kind_of(self, element: Any, tag: str) -> tuple[str, int, Any]:
        """Kind, level and element of the blocks inside: a <div> or <p> in a cell, term or definition stays what that is."""
        outer = self.kinds[-1]
        if tag in KINDS:
            kind = KINDS[tag]
            if kind == "heading":
                return kind, int(tag[1]) if tag != "summary" else 6, element
            if kind == "paragraph" and outer[0] in ("item", "cell", "definition", "term", "quote", "caption"):
                return outer
            return kind, len(self.groups) if kind == "item" else 0, element
        return ("paragraph", 0, element) if outer[0] in ("paragraph", "heading") or tag in GROUPS else outer

    def leave(self, tag: str) -> None:
        """Closes an element that `enter` opened."""
        if tag in INLINES:
            self.close_inline(self.open_inlines.pop())
        if tag not in BOUNDARIES:
            return
        self.flush()
        self.zones.pop()
        self.kinds.pop()
        if tag in CONTAINERS:
            index = self.open_spans.pop()
            element, first, _, zone = self.spans[index]
            self.spans[index] = (element, first, len(self.blocks), zone)
        if tag in GROUPS:
            self.groups.pop()
            if tag == "table":
                self.grids.pop()


def is_piece_of_its_own(element: Any, last: str) -> bool:
    """Whether styles alone part an element from the one right before it: `<span>Eva Ekdal</span><span>Projektledare</span><span>08-...`.

    So it is where small letters or digits meet a capital, or letters meet digits; the halves of a word in different styles stay one.
    """
    previous = element.getprevious()
    if previous is None or previous.tail or previous.tag not in PIECES:
        return False
    first = next(("".join(text.split())[:1] for text in element.itertext() if not text.isspace()), "")
    return (
        (first.isupper() and (last.islower() or last.isdigit()))
        or (first.isdigit() and last.isalpha())
        or (first.islower() and last.isdigit())
    )


def read_document(text: str) -> Document | None:
    """The document of a page's decoded text; None where nothing can be parsed out of it."""
    tree, is_truncated = parse_html(text)
    if tree is None:
        return None
    reveal_addresses(tree, text)
    walk = Walk(tree, "outside" if has_main(tree) else "content")
    is_walked = walk_tree(walk, tree)
    walk.finish()
    document = assemble(tree, walk.blocks, walk.spans, is_truncated=is_truncated or not is_walked)
    document.source = text
    return document


def walk_tree(walk: Walk, tree: Any) -> bool:
    """Walks the tree; whether to its end."""
    events = etree.iterwalk(tree, events=("start", "end"))
    skipped = None
    for event, element in events:
        if event == "start":
            if walk.enter(element, element.tag):
                if element.text:
                    walk.write(element.text)
            else:
                skipped = element
                events.skip_subtree()
            continue
        if element is skipped:
            skipped = None
        else:
            walk.leave(element.tag)
        if element.tail:
            walk.write(element.tail)
        if walk.written > MOST_WRITTEN:
            return False
    return True
