"""The organisations of a page for tests of its contacts: found by their plain names, case aside."""

import re
from collections.abc import Mapping

from parsers.page.document import Block, Document
from schemas.facts import Mention

KNOWN = {
    "Granviks kommun": ("kommun:granvik", "municipality"),
    "Granvik": ("kommun:granvik", "municipality"),
    "Lillsele kommun": ("kommun:lillsele", "municipality"),
    "Lillsele": ("kommun:lillsele", "municipality"),
    "Region Granland": ("region:granland", "region"),
    "Länsstyrelsen i Granlands län": ("lansstyrelse:granland", "county_board"),
    "Polisen": ("polisen", "agency"),
    "Granlandsförbundet": ("granlandsforbundet", "municipal_association"),
    "Granlands Kommuner": ("granlands-kommuner", "association"),
    "Granlands samverkansråd": ("samverkansradet", "council"),
}
BODIES = ("municipal_association", "association", "council")


class PlainNames:
    """Every known name in the text; the subject of a block is the body in its headings, else the owner."""

    def __init__(self, document: Document, owner_id: str | None = "kommun:granvik", known: Mapping[str, tuple[str, str]] = KNOWN) -> None:
        self.document, self.owner_id, self.known = document, owner_id, known
        pattern = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        self.mentions = [
            Mention(known[hit[1]][0], hit[0], hit.start(), hit.end(), "name", 1.0)
            for hit in re.finditer(rf"(?<!\w)({pattern})s?(?!\w)", document.text)
        ]

    @property
    def organisation_ids(self) -> list[str]:
        return sorted({mention.organisation_id for mention in self.mentions})

    def at(self, start: int, end: int) -> list[Mention]:
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]

    def kind_of(self, organisation_id: str) -> str:
        return next(kind for known, kind in self.known.values() if known == organisation_id)

    def name_of(self, organisation_id: str) -> str:
        return next(name for name, (known, _) in self.known.items() if known == organisation_id)

    def subject_of(self, block: Block, *, by: int | None = None) -> str | None:
        for heading in self.document.headings_above(block):
            for mention in self.at(heading.start, heading.end):
                if self.kind_of(mention.organisation_id) in BODIES:
                    return mention.organisation_id
        return self.owner_id
