"""Whether a page is about collaboration between public bodies."""

import re

from parsers.document import Document
from schemas.facts import Reading

# Words of co-operation between bodies; "samverkan" alone is also a school's with parents, so one is not enough.
WORDS = re.compile(
    r"\b[\wåäö]*(?:samverka(?:n|r|nde)\w*|samarbet\w*|kommunalförbund\w*|samordningsförbund\w*|medlemskommun\w*"
    r"|gemensam(?:ma)? \w*nämnd\w*|överenskommelse\w*|samverkansavtal\w*|förbundsdirektion\w*|värdkommun\w*)",
    re.I,
)
HEADING = re.compile(
    r"samverk|samarbet|kommunalförbund|samordningsförbund|förbundet\b|medlemskommun|medlemsparter|nätverk|gemensam\w* \w*nämnd"
    r"|partner|överenskommelse|våra ägare|medlemmar|bolag",
    re.I,
)


def is_collaboration_page(reading: Reading, document: Document) -> bool:
    """Whether the page states memberships or counts of members, or speaks of co-operation in its title or repeatedly in its text."""
    if reading.members or reading.member_counts:
        return True
    headings = " ".join(block.text for block in document.blocks if block.kind == "heading" and block.zone == "content" and block.level <= 2)
    words = len(WORDS.findall(" ".join(block.text for block in document.blocks if block.zone == "content")))
    return (HEADING.search(headings) is not None and words >= 1) or words >= 3
