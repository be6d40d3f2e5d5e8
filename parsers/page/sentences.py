"""Sentences of a block, at their offsets in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.page.document import Block, Document

# A full stop, question or exclamation mark before a capital, digit, dash or quote ends a sentence: "... i Skåne. Medlemmar är ...".
# A colon does not: what follows it is what the sentence lists.
BREAK = re.compile(r"(?<=[.!?])[)”\"]?\s+(?=[A-ZÅÄÖÉ0-9–•”\"-])|\n|\t")
# ... but not after these: "bl.a. Ale", "t.ex. Kungälv", "kl. 9", "tel. 031", "S:t Olof", "nr. 3".
NO_BREAK = re.compile(
    r"(?:\b(?:bl\.?a|t\.?ex|t\.?o\.?m|fr\.?o\.?m|m\.?fl|d\.?v\.?s|kl|tel|nr|ca|jan|feb|aug|sept?|okt|nov|dec|st|s\.?k|resp|inkl|exkl|kap|S:t)\.|\b[A-ZÅÄÖ]\.)$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in the page's text."""

    text: str
    start: int
    block: Block

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def split_block(block: Block) -> Iterator[Sentence]:
    """The sentences of a block; a line break or table cell ends one."""
    text, begin = block.text, 0
    for found in BREAK.finditer(text):
        if found[0] not in "\n\t" and NO_BREAK.search(text, begin, found.start()):
            continue
        if piece := text[begin : found.start()].rstrip():
            yield Sentence(piece, block.start + begin, block)
        begin = found.end()
    if piece := text[begin:].rstrip():
        yield Sentence(piece, block.start + begin, block)


def split_document(document: Document) -> list[Sentence]:
    """All sentences of a page in order, headings among them."""
    return [sentence for block in document.blocks for sentence in split_block(block)]
