"""What a page names, for all who read facts from it: organisations, their mentions in order, and who a section is about."""

from bisect import bisect_left

from parsers.names.body_words import ANAPHORA
from parsers.page.document import Block, Document
from registry import NameHit, Organisation, Registry
from schemas.facts import Mention, OrganisationFact

# Kinds that are parties to bodies rather than bodies with members of their own.
PARTIES = frozenset(("municipality", "region", "county_board", "agency", "ministry", "university", "eu"))


class Names:
    """What a page names: its organisations by id, their mentions in the order of the text."""

    def __init__(self, document: Document, registry: Registry, owner: OrganisationFact | None) -> None:
        self.document, self.registry, self.owner = document, registry, owner
        self.owner_id = owner.id if owner else None
        self.organisations: dict[str, OrganisationFact] = {owner.id: owner} if owner else {}
        self.mentions: list[Mention] = []
        self.nested: list[Mention] = []
        """Municipalities inside a body's name: "Samordningsförbundet Eslöv, Höör och Hörby"."""
        self.today: str | None = None
        """ISO date of the day on which the page was fetched: what begins later is planned."""
        self.hits: list[NameHit] = []
        """All registered names in the text, counties and mere places among them."""
        self.parts: dict[str, list[str]] = {}
        """The municipalities that a body's name lists, by the body's id."""
        self.parties: set[str] = set()
        """Those of no kind that tells it, but parties as municipalities are: towns abroad, those that stand beside known parties."""
        self._subjects: dict[int, str | None] = {}

    @property
    def organisation_ids(self) -> list[str]:
        """The organisations of the page, each once."""
        return sorted(self.organisations)

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a span of the text, in order; a sentence is asked for by many readers, and searched once."""
        if (found := self._at.get((start, end))) is None:
            first = bisect_left(self._starts, start)
            last = bisect_left(self._starts, end, first)
            found = self._at[start, end] = [mention for mention in self.mentions[first:last] if mention.end <= end]
        return found

    def kind_of(self, organisation_id: str) -> str:
        """The kind of an organisation of the page or the registry."""
        known = self.organisations.get(organisation_id) or self.registry.organisations.get(organisation_id)
        return known.kind if known else "other"

    def name_of(self, organisation_id: str) -> str:
        """Its canonical name."""
        known = self.organisations.get(organisation_id) or self.registry.organisations.get(organisation_id)
        return known.name if known else organisation_id

    def is_body(self, organisation_id: str) -> bool:
        """Whether it can have members of its own."""
        return self.kind_of(organisation_id) not in PARTIES and organisation_id not in self.parties

    def is_joint(self, organisation_id: str) -> bool:
        """Whether it is a body that "samarbetet" or "projektet" can mean: a company is none."""
        return self.is_body(organisation_id) and self.kind_of(organisation_id) != "company"

    def add_registered(self, organisation_id: str) -> None:
        """Takes a registered organisation that the page names or implies."""
        if organisation_id not in self.organisations:
            self.organisations[organisation_id] = describe_registered(self.registry.organisations[organisation_id])

    def seal(self) -> None:
        """Sorts the mentions; look-ups by position work from then on."""
        self.mentions.sort(key=lambda m: (m.start, m.end))
        self._starts = [mention.start for mention in self.mentions]
        self._at: dict[tuple[int, int], list[Mention]] = {}
        bodies = [mention for mention in self.mentions if self.is_joint(mention.organisation_id)]
        self._lone_body = bodies[0] if len({mention.organisation_id for mention in bodies}) == 1 else None

    def subject_of(self, block: Block, *, may_be_lone: bool = True, by: int | None = None) -> str | None:
        """The body that a block's section or page is about: of its headings, else the owner, else the only body named by then.

        `by`: the position by which that only body must be named, where the end of the block is too late.
        """
        key = block.index if block.kind == "heading" else block.head if block.head >= 0 else block.section
        if key not in self._subjects:
            self._subjects[key] = self._find_subject(block)
        if self._subjects[key] is None and may_be_lone:
            lone = self._lone_body
            return lone.organisation_id if lone and lone.start < (block.end if by is None else by) else None
        return self._subjects[key]

    def _find_subject(self, block: Block) -> str | None:
        chain = ([block] if block.kind == "heading" else []) + self.document.headings_above(block)
        for heading in chain:
            named = [m.organisation_id for m in self.at(heading.start, heading.end) if self.is_body(m.organisation_id)]
            if named:
                return named[0]
        return self.owner_id if self.owner_id and self.is_body(self.owner_id) else None

    def meant_by(self, word: str, position: int, block: Block) -> str | None:
        """The body that "förbundet", "nätverket" ... stands for: one named in the block, else the subject, else the last named."""
        kinds = ANAPHORA.get(word.casefold().removesuffix("s"), [])
        before = self.mentions[: bisect_left(self._starts, position)]
        fitting = [m for m in before if self.kind_of(m.organisation_id) in kinds or (not kinds and self.is_joint(m.organisation_id))]
        if fitting and fitting[-1].start >= block.start:
            return fitting[-1].organisation_id
        subject = self.subject_of(block)
        if subject and (not kinds or self.kind_of(subject) in kinds):
            return subject
        return fitting[-1].organisation_id if fitting else subject


def describe_registered(organisation: Organisation) -> OrganisationFact:
    """A registered organisation as a fact."""
    return OrganisationFact(
        organisation.id, organisation.name, organisation.kind, organisation.organisation_number, organisation.area_code,
        organisation.website,
        set(organisation.other_names), is_registered=True,
    )  # fmt: skip
