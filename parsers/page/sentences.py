"""Sentences of a block, at their offsets in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.page.document import Block, Document

# A full stop, question or exclamation mark before a capital, digit, dash or quote ends a sentence: "... i Skåne. Medlemmar är ...".
# A colon does not: what follows it is what the sentence lists. Nor does a line break in the middle of one: "I förbundet ingår Ale
# och\nLerum".
BREAK = re.compile(
    r"(?<=[.!?])[)”\"]?\s+(?=[A-ZÅÄÖÉ0-9–•”\"-])"
    r"|\n(?![a-zåäö])(?<!\soch\n)(?<!\ssamt\n)(?<!\si\n)(?<!\sav\n)(?<!\smed\n)|(?<![a-zåäö,])\n(?=[a-zåäö])|\t"
)
ENDS = re.compile(r"[.!?\n\t]")  # one of which every break holds or follows: found many times faster
# ... but not after these: "bl.a. Ale", "t.ex. Kungälv", "kl. 9", "tel. 031", "S:t Olof", "nr. 3".
NO_BREAK = re.compile(
    r"(?:\b(?:bl\.?a|t\.?ex|t\.?o\.?m|fr\.?o\.?m|m\.?fl|d\.?v\.?s|kl|tel|nr|ca|jan|feb|aug|sept?|okt|nov|dec|st|s\.?k|resp|inkl|exkl|kap|S:t)\.|\b[A-ZÅÄÖ]\.)$"
)


# Characters. An enumeration of all 290 municipalities has 3,000; what is longer is a page without full stops, and reading it as one
# sentence would take time in the square of its length.
LONGEST = 4000


class Sentence(NamedTuple):
    """A sentence and where it stands in the page's text."""

    text: str
    start: int
    block: Block

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def split_block(block: Block) -> Iterator[Sentence]:
    """The sentences of a block; a table cell ends one, and a line break that does not stand in the middle of one."""
    text, begin = block.text, 0
    if len(text) <= LONGEST and not ENDS.search(text):  # most blocks are one short line
        if piece := text.rstrip():
            yield Sentence(piece, block.start, block)
        return
    for found in BREAK.finditer(text):
        if found[0] not in "\n\t" and NO_BREAK.search(text, max(begin, found.start() - 12), found.start()):
            continue
        yield from cut_piece(block, begin, found.start())
        begin = found.end()
    yield from cut_piece(block, begin, len(text))


def cut_piece(block: Block, start: int, end: int) -> Iterator[Sentence]:
    """A stretch of a block as a sentence, or as several where it is longer than any sentence."""
    while start < end:
        stop = end if end - start <= LONGEST else block.text.rfind(" ", start + 1, start + LONGEST)
        stop = stop if stop > start else min(end, start + LONGEST)
        if piece := block.text[start:stop].rstrip():
            yield Sentence(piece, block.start + start, block)
        start = stop + 1 if stop < end and block.text[stop] == " " else stop


def split_document(document: Document) -> list[Sentence]:
    """All sentences of a page in order, headings among them."""
    return [sentence for block in document.blocks for sentence in split_block(block)]
