"""Labels that announce a date and have none after them: "Nästa möte: meddelas senare", "Avtalstid:"."""

import re
from collections.abc import Iterator

from parsers.dates.words import WORDS, any_of
from parsers.page.document import Block, Document
from schemas.facts import Issue
from schemas.values.dates import find_dates

LABELS = any_of((*WORDS["lists"]["deadline"], *WORDS["lists"]["meeting"], *WORDS["heads"]["valid"], *WORDS["heads"]["founded"]))
ANNOUNCED = re.compile(rf"[\s•*–-]*(?P<label>(?:(?:nästa|kommande|datum\sför)\s)?(?:{LABELS}))\s*:\s*(?P<rest>.*)", re.I)
LONGEST = 120  # characters; what is longer is a sentence with a colon


def find_empty_labels(document: Document) -> Iterator[Issue]:
    """An issue `date_label_without_date` for each such label of the content."""
    for block in document.blocks:
        if block.kind == "heading" or block.zone != "content" or ":" not in block.text or block.is_all_links:
            continue
        for start, end in block.lines():
            line = document.text[start:end]
            label = ANNOUNCED.match(line) if len(line) <= LONGEST else None
            if label and not find_dates(label["rest"]) and not (end == block.end and not label["rest"] and has_date_below(document, block)):
                message = f'The page labels a date "{label["label"]}" but shows none.'
                yield Issue("date_label_without_date", message, "info", "dates", "edtf", line)


def has_date_below(document: Document, block: Block) -> bool:
    """Whether the block below a label that ends its own holds a date."""
    below = document.blocks[block.index + 1] if block.index + 1 < len(document.blocks) else None
    return below is not None and bool(find_dates(below.text))
