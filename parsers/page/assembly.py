"""Raw blocks become a document: layout tables opened, bold lines made headings, lists of links elsewhere dropped, offsets given."""

from collections import Counter
from itertools import accumulate, compress, pairwise

from parsers.page.chrome import is_chrome_line, is_link_heading
from parsers.page.content import is_machinery, is_noise
from parsers.page.document import Block, Document, Element
from parsers.page.teasers import find_teasers, section_places

# Characters of main text that are read of a page. The longest page of a public body seen (a whole report) has 300,000; what is longer is
# a listing, and would hold up a run for minutes.
LONGEST_TEXT = 500_000
LONGEST_HEAD = 80
SENTENCE_ENDS = (".", "!", "?", "…")


def assemble(tree: Element, blocks: list[Block], spans: list[tuple[Element, int, int, str]], *, is_truncated: bool) -> Document:
    """A document of raw blocks: link lists that lead elsewhere dropped, sections found, offsets given.

    `spans` are containers as (element, first block, block after the last, zone).
    """
    free_layout_cells(blocks)
    mark_bold_headings(blocks)
    kept = [not dropped for dropped in find_link_lists(blocks)]
    drop_empty_headings(blocks, kept)
    is_cut = cut_long_text(blocks, kept)
    parts, position, previous = [], 0, None
    for index, block in enumerate(blocks):
        if kept[index]:
            if previous is not None:
                parts.append(choose_separator(previous, block))
                position += 1
            place_block(block, position)
            parts.append(block.text)
            position, previous = block.end, block
    kept_before = list(accumulate(kept, initial=0))
    containers = [(element, kept_before[first], kept_before[last], zone) for element, first, last, zone in spans]
    blocks = list(compress(blocks, kept))
    link_sections(blocks)
    link_heads(blocks)
    return Document(tree, "".join(parts), blocks, containers, is_truncated or is_cut)


def drop_empty_headings(blocks: list[Block], kept: list[bool]) -> None:
    """Drops the headings of links elsewhere ("Nyheter", "Relaterat") of whose section nothing is kept.

    Where the heading shares a container with blocks of its section, those alone count, else the first one: what comes after stands
    under the heading only because no other one follows ("Nyheter", its links, and below them "Sidansvarig: Eva Ek").
    """
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.kind != "heading" or block.level == 1 or not kept[index] or not is_link_heading(block.text):
            continue  # what a page is called stays, also "Nyheter"
        places = list(section_places(blocks, index))
        own = [place for place in places if block.element.getparent() in blocks[place].element.iterancestors()]
        kept[index] = any(kept[place] and not is_noise(blocks[place].text) for place in own or places[:1])


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
        if block.kind != "paragraph" or len(block.text) > 80 or "\n" in block.text or block.text.endswith(SENTENCE_ENDS):
            continue
        if block.is_bold:
            block.kind, block.level = "heading", 7


def find_link_lists(blocks: list[Block]) -> list[bool]:
    """For each block, whether it belongs to a list of links elsewhere: under such a heading, or bare links in side and foot."""
    dropped: list[bool] = []
    under, level, around, is_inside = False, 0, None, False
    for index, block in enumerate(blocks):
        was_inside, is_inside = is_inside, under and around in block.element.iterancestors()
        if (was_inside and not is_inside) or (index and block.kind != "heading" and block.zone != blocks[index - 1].zone):
            under = False
        if block.kind == "heading" and (not under or block.level <= level):
            under, level, around, is_inside = is_link_heading(block.text), block.level, block.element.getparent(), False
        linked = block.linked
        is_teaser = linked * 2 > len(block.text)  # a link and its date
        is_list = is_teaser and is_link_heading(block.text)  # "Länkar: Trosa · Region Sörmland"
        is_apart = block.zone == "footer" or (block.zone == "aside" and block.kind == "item")
        leads_away = block.kind != "heading" and (is_list or (under and is_teaser) or ((under or is_apart) and block.is_all_links))
        dropped.append(leads_away or is_chrome_line(block.text, linked) or is_machinery(block.text))
    for index in set(find_teasers(blocks, dropped)):
        dropped[index] = True
    return [is_dropped and not reaches_somebody(block) for block, is_dropped in zip(blocks, dropped, strict=True)]


def reaches_somebody(block: Block) -> bool:
    """Whether a block holds an e-mail address or a number as a link."""
    return any(inline.href.startswith(("mailto:", "tel:")) for inline in block.inlines)


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


def link_heads(blocks: list[Block]) -> None:
    """Gives the blocks of a list item or definition the one that heads them."""
    for before, block in pairwise(blocks):
        if block.kind == "definition" and before.kind in ("term", "definition") and before.group == block.group:
            block.head = before.index if before.kind == "term" else before.head
        elif block.kind == "item" and before.kind == "item" and before.element is block.element:
            is_head = len(before.text) <= LONGEST_HEAD and before.head < 0 and (before.is_all_links or before.is_bold)
            block.head = before.index if is_head else before.head
