"""Whether a page is about collaboration between public bodies."""

import re

from parsers.page.document import Document
from schemas.facts import Reading

# Stems of words of co-operation between bodies; "samverkan" is also a school's with parents, so one of them is not enough.
STEMS = (
    "samverka",
    "samarbet",
    "kommunalförbund",
    "samordningsförbund",
    "medlemskommun",
    "överenskommelse",
    "förbundsdirektion",
    "värdkommun",
    "cooperat",  # on the English pages that some sites have
    "co-operat",
    "collaborat",
    "member municipalit",
    "municipal association",
)
HEADING = re.compile(
    r"samverk|samarbet|kommunalförbund|samordningsförbund|förbundet\b|medlemskommun|medlemsparter|nätverk|gemensam\w* \w*nämnd"
    r"|partner|överenskommelse|våra ägare|medlemmar|bolag|cooperation|collaboration|association",
    re.I,
)


def is_collaboration_page(reading: Reading, document: Document) -> bool:
    """Whether the page states memberships or counts of members, or speaks of co-operation in its title or repeatedly in its text."""
    if reading.members or reading.member_counts:
        return True
    headings = " ".join(block.text for block in document.blocks if block.kind == "heading" and block.zone == "content" and block.level <= 2)
    text = " ".join(block.text for block in document.blocks if block.zone == "content").lower()
    words = sum(map(text.count, STEMS))
    return (HEADING.search(headings) is not None and words >= 1) or words >= 3
