"""The organisations that a page names: in registers, by the way bodies are named, by abbreviation; and who a section is about."""

import re
from bisect import bisect_left

from parsers.actors import find_actors
from parsers.body_names import find_body_names
from parsers.body_patterns import BodyName
from parsers.body_words import ANAPHORA, guess_kind, strip_genitive
from parsers.document import Block, Document
from registry import NameHit, Organisation, Registry, unregistered_id
from schemas.facts import Mention, OrganisationFact

CONFIDENCE = {"full": 0.97, "former": 0.9, "abbreviation": 0.9}
# How a page speaks of its own body where the name does not tell what it is.
OWNER_NOUNS = {
    "(?:kommunal)?förbundet|förbundsdirektion": "municipal_association", "samordningsförbundet": "coordination_association",
    "nämnden": "joint_committee",
    "bolaget": "company", "föreningen": "association", "nätverket": "network", "samarbetet": "collaboration",
}  # fmt: skip
# Kinds that are parties to bodies rather than bodies with members of their own.
PARTIES = frozenset(("municipality", "region", "county_board", "agency", "ministry", "university", "eu"))
# "Länsstyrelsen" alone is that of the county of the page's owner; "regionen" and "kommunen" are the owner itself or its county's.
COUNTY_BOARD = re.compile(r"\b[Ll]änsstyrelsens?\b(?!\s(?:i|på|Västra|Region)\b)")
# "EU-medel", "EU-stöd": the union pays. "kommunförbundet" without a name is the one of the owner's county.
EU_MONEY = re.compile(r"\bEU(?=-(?:medel|stöd|bidrag|pengar|finansiering|finansierat)\b)")
COUNTY_ASSOCIATION = re.compile(r"\b[Kk]ommunförbundets?\b(?!\s[A-ZÅÄÖi])")


class Names:
    """What a page names: its organisations by id, their mentions in the order of the text."""

    def __init__(self, document: Document, registry: Registry, owner: OrganisationFact | None) -> None:
        self.document, self.registry, self.owner = document, registry, owner
        self.owner_id = owner.id if owner else None
        self.organisations: dict[str, OrganisationFact] = {owner.id: owner} if owner else {}
        self.mentions: list[Mention] = []
        self.nested: list[Mention] = []
        """Municipalities inside a body's name: "Samordningsförbundet Eslöv, Höör och Hörby"."""
        self.hits: list[NameHit] = []
        """All registered names in the text, counties and mere places among them."""
        self.parts: dict[str, list[str]] = {}
        """The municipalities that a body's name lists, by the body's id."""
        self._subjects: dict[int, str | None] = {}

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a span of the text, in order."""
        first = bisect_left(self._starts, start)
        found = []
        for mention in self.mentions[first:]:
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append(mention)
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
        return self.kind_of(organisation_id) not in PARTIES

    def add_registered(self, organisation_id: str) -> None:
        """Takes a registered organisation that the page names or implies."""
        if organisation_id not in self.organisations:
            self.organisations[organisation_id] = describe_registered(self.registry.organisations[organisation_id])

    def seal(self) -> None:
        """Sorts the mentions; look-ups by position work from then on."""
        self.mentions.sort(key=lambda m: (m.start, m.end))
        self._starts = [mention.start for mention in self.mentions]

    def subject_of(self, block: Block, *, may_be_lone: bool = True) -> str | None:
        """The body that a block's section or page is about: of its headings, else the owner, else the only body there is; None in doubt."""
        key = block.section if block.kind != "heading" else self.document.blocks.index(block)
        if key not in self._subjects:
            self._subjects[key] = self._find_subject(block)
        if self._subjects[key] is None and may_be_lone:
            bodies = {m.organisation_id for m in self.mentions if self.is_body(m.organisation_id)}
            return bodies.pop() if len(bodies) == 1 else None
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
        fitting = [m for m in before if self.kind_of(m.organisation_id) in kinds or (not kinds and self.is_body(m.organisation_id))]
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


def resolve_owner(owner: str | None, registry: Registry) -> OrganisationFact | None:
    """The organisation behind a site list's `owner`: a registry id or a plain name."""
    if not owner:
        return None
    known = registry.organisations.get(owner) or registry.by_name(owner)
    if known:
        return describe_registered(known)
    return OrganisationFact(unregistered_id(owner), owner, guess_kind(owner) or "other")


def settle_owner_kind(owner: OrganisationFact, text: str) -> None:
    """The kind of an owner whose name does not tell it, by the noun that its page uses for it: "Förbundet ...", "Nämnden ..."."""
    if owner.kind == "other":
        nouns = {kind: len(re.findall(rf"\b{noun}s?\b", text, re.I)) for noun, kind in OWNER_NOUNS.items()}
        best = max(nouns, key=lambda kind: nouns[kind])
        owner.kind = best if nouns[best] else "other"


def find_organisations(document: Document, registry: Registry, owner: OrganisationFact | None) -> Names:
    """All organisations that the page names, with their mentions."""
    names = Names(document, registry, owner)
    if owner:
        settle_owner_kind(owner, document.text)
    hits = names.hits = registry.find_names(document.text)
    spans = [*find_registered(document.text, hits, names), *find_bodies(document, names)]
    last = -1
    for mention in sorted(spans, key=lambda m: (m.start, -m.end, -m.confidence)):
        if mention.start >= last:  # the leftmost, then the longest: a body's name holds the municipalities in it
            names.mentions.append(mention)
            last = mention.end
    find_parts(document.text, names)
    kept = {mention.organisation_id for mention in (*names.mentions, *names.nested)} | {names.owner_id}
    names.organisations = {key: fact for key, fact in names.organisations.items() if key in kept}
    for mention in (*names.mentions, *names.nested):
        names.organisations[mention.organisation_id].other_names.add(" ".join(mention.text.split()))
    names.seal()
    return names


def find_parts(text: str, names: Names) -> None:
    """Notes the municipalities that the names of bodies list, two or more of them."""
    for mention in names.mentions:
        head, comma, _ = mention.text.partition(" ")
        if mention.organisation_id in names.parts or not comma or not names.is_body(mention.organisation_id) or ", " not in mention.text:
            continue
        offset = mention.start + len(head) + 1
        inside = [hit for hit in names.registry.find_names(text[offset : mention.end]) if hit.form in ("place", "place_genitive")]
        if len(inside) < 2:
            continue
        names.parts[mention.organisation_id] = [hit.organisation_ids[0] for hit in inside]
        for hit in inside:
            start, end = hit.start + offset, hit.end + offset
            names.add_registered(hit.organisation_ids[0])
            names.nested.append(Mention(hit.organisation_ids[0], text[start:end], start, end, "named_in_body", 0.7))


def find_registered(text: str, hits: list[NameHit], names: Names) -> list[Mention]:
    """Mentions of registered organisations; places and abbreviations only where they stand for one."""
    actors = find_actors(text, hits)
    mentions = []
    for hit in hits:
        if hit.form in CONFIDENCE:
            verdict = (hit.form + "_name", CONFIDENCE[hit.form]) if len(hit.organisation_ids) == 1 else None
        else:
            verdict = actors.get(hit.start)
        if verdict:
            names.add_registered(hit.organisation_ids[0])
            mentions.append(Mention(hit.organisation_ids[0], text[hit.start : hit.end], hit.start, hit.end, *verdict))
    return [
        *find_county_boards(text, names),
        *find_county_association(text, names),
        *find_union(text, names),
        *find_joined_boards(text, names),
        *find_listed_associations(text, names),
        *mentions,
    ]


def find_county_boards(text: str, names: Names) -> list[Mention]:
    """ "Länsstyrelsen" without its county: that of the owner's county."""
    owner = names.registry.organisations.get(names.owner_id or "")
    board = f"lansstyrelse:{owner.county_code}" if owner and owner.county_code else ""
    if board not in names.registry.organisations:
        return []
    found = [Mention(board, hit[0], hit.start(), hit.end(), "county_board_of_owner", 0.85) for hit in COUNTY_BOARD.finditer(text)]
    if found:
        names.add_registered(board)
    return found


def find_county_association(text: str, names: Names) -> list[Mention]:
    """ "kommunförbundet" without a name: the one association of the municipalities of the owner's county."""
    owner = names.registry.organisations.get(names.owner_id or "")
    if not owner or not owner.county_code or not (found := list(COUNTY_ASSOCIATION.finditer(text))):
        return []
    here = {organisation.id for organisation in names.registry.municipalities_of(owner.county_code)}
    known = [
        o for o in names.registry.organisations.values() if o.name.startswith("Kommunförbundet ") and o.members and set(o.members) <= here
    ]
    if len(known) != 1:
        return []
    names.add_registered(known[0].id)
    return [Mention(known[0].id, hit[0], hit.start(), hit.end(), "association_of_county", 0.7) for hit in found]


def find_union(text: str, names: Names) -> list[Mention]:
    """The European Union where its money is named in one word."""
    found = [Mention("org:europeiska-unionen", hit[0], hit.start(), hit.end(), "union_money", 0.9) for hit in EU_MONEY.finditer(text)]
    if found:
        names.add_registered("org:europeiska-unionen")
    return found


# "länsstyrelserna i Kronobergs och Blekinge län"
COUNTY_BOARDS = re.compile(r"\blänsstyrelserna i ((?:[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?(?:, | och | samt )?)+)(?: län)?")


def find_joined_boards(text: str, names: Names) -> list[Mention]:
    """County boards that share one noun."""
    mentions = []
    for hit in COUNTY_BOARDS.finditer(text):
        for part in re.finditer(r"[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?", hit[1]):
            if code := names.registry.county_code(part[0]):
                names.add_registered(f"lansstyrelse:{code}")
                start = hit.start(1) + part.start()
                mentions.append(Mention(f"lansstyrelse:{code}", part[0], start, start + len(part[0]), "county_boards_joined", 0.9))
    return mentions


# "de fyra kommunalförbunden i Västra Götaland (Fyrbodal, Skaraborg, Boråsregionen och Göteborgsregionen)"
ASSOCIATIONS = re.compile(r"\bkommunalförbunden\b[^.()\n]{0,60}[(:]\s?((?:[A-ZÅÄÖ][\w ]+?(?:, | och | samt |(?=[).\n])))+)")


def find_listed_associations(text: str, names: Names) -> list[Mention]:
    """Kommunalförbund that a list names by their region only."""
    mentions = []
    for hit in ASSOCIATIONS.finditer(text):
        for part in re.finditer(r"[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)*", hit[1]):
            known = (
                names.registry.by_name(f"{part[0]}s kommunalförbund")
                or names.registry.by_name(f"Kommunalförbundet {part[0]}")
                or names.registry.by_name(part[0])
            )
            if known and known.kind == "municipal_association":
                names.add_registered(known.id)
                start = hit.start(1) + part.start()
                mentions.append(Mention(known.id, part[0], start, start + len(part[0]), "associations_listed", 0.9))
    return mentions


def find_bodies(document: Document, names: Names) -> list[Mention]:
    """Mentions of bodies found by how they are named, wherever their name or an abbreviation of it stands."""
    bodies = find_body_names(document, lambda name: is_place(name, names.registry))
    forms: dict[str, tuple[str, BodyName]] = {}
    for body in bodies:
        organisation_id = identify(body, names)
        aliases = [alias for alias in body.aliases if not is_area(alias, names.registry)]
        for form in (body.name, *aliases):
            forms.setdefault(form, (organisation_id, body))
    if names.owner and not names.owner.is_registered:
        own = BodyName(names.owner.name, names.owner.kind, "owner_name", 0.9)
        forms.setdefault(own.name, (names.owner.id, own))
    if not forms:
        return []
    longest_first = sorted(forms, key=len, reverse=True)
    by_key = {" ".join(form.split()).casefold(): forms[form] for form in reversed(forms)}
    pattern = re.compile(rf"(?<![\w@])(?:{'|'.join(map(form_pattern, longest_first))})(?![\w@])")
    return [read_body_hit(hit, by_key) for hit in pattern.finditer(document.text)]


def is_area(name: str, registry: Registry) -> bool:
    """Whether a name is a municipality's, a county's or a part of the country's: no short name for one body there."""
    return any(hit.start == 0 and hit.end == len(name) and hit.form not in CONFIDENCE for hit in registry.find_names(name))


def is_place(name: str, registry: Registry) -> bool:
    """Whether a name is a municipality's bare place name."""
    known = registry.by_name(name)
    return known is not None and known.place == name


def form_pattern(form: str) -> str:
    """An expression for a name, its first letter in either case where the rest is lower case, its genitive too."""
    first = f"[{form[0].upper()}{form[0].lower()}]" if form[1:].islower() and form[0].isalpha() else re.escape(form[0])
    return first + re.escape(form[1:]).replace(r"\ ", r"\s") + ("" if form.endswith("s") else "s?")


def read_body_hit(hit: re.Match[str], forms: dict[str, tuple[str, BodyName]]) -> Mention:
    """The mention that a match of the page's body names is."""
    text = " ".join(hit[0].split())
    key = text.casefold()
    organisation_id, body = forms.get(key) or forms[key.removesuffix("s")]
    return Mention(organisation_id, hit[0], hit.start(), hit.end(), body.method, body.confidence)


def identify(body: BodyName, names: Names) -> str:
    """The id of a body: a registered one's by any form of its name, the owner's, else one made of its name; it is taken into `names`."""
    for form in name_variants(body.name):
        if known := names.registry.by_name(form):
            names.add_registered(known.id)
            return known.id
    forms = {variant.casefold() for form in (body.name, *body.aliases) for variant in name_variants(form)}
    if names.owner and names.owner.name.casefold() in forms:
        return names.owner.id
    organisation_id = unregistered_id(body.name, scope=names.owner_id if body.is_local else None)
    names.organisations.setdefault(organisation_id, OrganisationFact(organisation_id, body.name, body.kind or "other"))
    return organisation_id


def name_variants(name: str) -> list[str]:
    """A name and its other usual orders: "Kommunalförbundet Fyrbodal" and "Fyrbodals kommunalförbund"."""
    variants = [name, strip_genitive(name)]
    head, _, rest = name.partition(" ")
    if rest and head.casefold().endswith("förbundet"):
        variants.append(f"{rest}{'' if rest.endswith('s') else 's'} {head.lower()[:-2]}")
    if head in ("Finsam", "Samordningsförbundet"):  # what the associations of the Finsam act call themselves
        variants.append(f"{'Finsam' if head == 'Samordningsförbundet' else 'Samordningsförbundet'} {rest}")
    return variants
