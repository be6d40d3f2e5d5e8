"""The organisations that a page names: in registers, by the way bodies are named, by abbreviation."""

import re

from parsers.names.beside import find_branches, find_coordinated
from parsers.names.body_mentions import find_bodies
from parsers.names.body_words import guess_kind
from parsers.names.page_names import Names, describe_registered
from parsers.names.registered_names import find_registered
from parsers.page.document import Document
from registry import Registry, unregistered_id
from schemas.facts import Mention, OrganisationFact

# How a page speaks of its own body where the name does not tell what it is.
OWNER_NOUNS = {
    "(?:kommunal)?förbundet|förbundsdirektion": "municipal_association", "samordningsförbundet": "coordination_association",
    "nämnden": "joint_committee",
    "bolaget": "company", "föreningen": "association", "nätverket": "network", "samarbetet": "collaboration",
}  # fmt: skip


def resolve_owner(owner: str | None, registry: Registry) -> OrganisationFact | None:
    """The organisation behind a site list's `owner`: a registry id or a plain name."""
    if not owner:
        return None
    known = registry.organisations.get(owner) or registry.by_name(owner)
    if known:
        return describe_registered(known)
    return OrganisationFact(unregistered_id(owner), owner, guess_kind(owner) or "other")


def find_organisations(document: Document, registry: Registry, owner: OrganisationFact | None) -> Names:
    """All organisations that the page names, with their mentions."""
    names = Names(document, registry, owner)
    if owner:
        settle_owner_kind(owner, document.text)
    hits = names.hits = registry.find_names(document.text)
    bodies = find_bodies(document, names)
    spans = [*drop_taken(find_registered(document.text, hits, names), bodies), *bodies]
    known = {mention.start for mention in spans if mention.method == "full_name"}
    spans = [mention for mention in spans if mention.method != "council_name" or mention.start not in known]
    spans += find_branches(document.text, names, spans)
    chosen = choose_spans(spans)
    names.mentions.extend(choose_spans([*chosen, *find_coordinated(document.text, names, chosen)]))
    find_parts(document.text, names)
    kept = {mention.organisation_id for mention in (*names.mentions, *names.nested)} | {names.owner_id}
    names.organisations = {key: fact for key, fact in names.organisations.items() if key in kept}
    texts = {mention.text for mention in names.mentions}
    for mention in (*names.mentions, *names.nested):
        add_name(names, mention, texts)
    names.seal()
    for mention in names.mentions:
        settle_kind(names, mention)
    return names


def drop_taken(registered: list[Mention], bodies: list[Mention]) -> list[Mention]:
    """Registered mentions but for the abbreviations that the page gives another body: "Brottsförebyggande rådet i Ale (BRÅ)"."""
    taken = {(mention.start, mention.end) for mention in bodies}
    return [mention for mention in registered if mention.method != "abbreviation_name" or (mention.start, mention.end) not in taken]


def choose_spans(spans: list[Mention]) -> list[Mention]:
    """The leftmost of the mentions that overlap, then the longest: a body's name holds the municipalities in it."""
    chosen: list[Mention] = []
    for mention in sorted(spans, key=lambda m: (m.start, -m.end, -m.confidence)):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return chosen


# "Räddningstjänsten Karlstadsregionen är ett kommunalförbund med sex medlemskommuner"
IS_KIND = re.compile(
    r"\s(?:är|som är)\s(?:ett|en)\s(?:[\wåäö-]+\s)?([\wåäö]*(?:kommunalförbund|samordningsförbund|bolag|förening|stiftelse|nätverk))\b"
)


def settle_kind(names: Names, mention: Mention) -> None:
    """The kind of a body whose name tells but that it is some collaboration, by what a sentence says that it is."""
    fact = names.organisations[mention.organisation_id]
    if not fact.is_registered and fact.kind in ("collaboration", "other"):
        stated = IS_KIND.match(names.document.text, mention.end)
        fact.kind = (guess_kind(stated[1]) if stated else None) or fact.kind


def add_name(names: Names, mention: Mention, texts: set[str]) -> None:
    """Takes a mention's words as a name of its organisation; a genitive of another form or a common noun ("länsstyrelsen") is none."""
    text = " ".join(mention.text.split()).removesuffix(":s")
    if " " not in text and text.islower():
        return
    fact = names.organisations[mention.organisation_id]
    known = names.registry.organisations.get(mention.organisation_id)
    stem = text[:-1] if text.endswith("s") else ""
    is_genitive = stem and (stem in texts or stem in fact.other_names or stem in (fact.name, known.place if known else None))
    fact.other_names.add(stem if is_genitive else text)


# "Vi är ett kommunalförbund", "Fyra Mälarstäder är ett samarbete mellan", "(RTÖG) är ett kommunalförbund"; not "är varken ett bolag eller"
SELF_DESCRIBED = re.compile(
    r"\b(?:ett|en|an?) (?:[\wåäö]+ ){0,2}?(kommunalförbund|samordningsförbund|nätverk|samarbete|samverkan|(?:ekonomisk "
    r"|ideell )?förening|bolag|stiftelse|nämnd"
    r"|network|association|collaboration)\b",
    re.I,
)


def settle_owner_kind(owner: OrganisationFact, text: str) -> None:
    """The kind of an owner whose name does not tell it: as its page describes it, else by the noun that the page uses: "Förbundet ..."."""
    if owner.is_registered or owner.kind not in ("other", "collaboration"):
        return
    if described := describe_owner(owner.name, text):
        owner.kind = described
    elif owner.kind == "other":
        nouns = {kind: len(re.findall(rf"\b{noun}s?\b", text, re.I)) for noun, kind in OWNER_NOUNS.items()}
        best = max(nouns, key=lambda kind: nouns[kind])
        owner.kind = best if nouns[best] else "other"


def describe_owner(name: str, text: str) -> str | None:
    """The kind that a sentence gives the owner that "is a" ..., or that "we are"; None where none does."""
    subject = rf"(?:\b(?:[Vv]i|[Ww]e)|{re.escape(name)}(?:,? \(?[A-ZÅÄÖ]{{2,8}}\)?,?)?) (?:är|are|is) "
    for found in re.finditer(subject, text):
        clause = text[found.end() : found.end() + 120].split(".")[0]
        clause = re.split(r"\butan\b", clause)[-1] if clause.startswith(("varken", "inte")) else clause
        if noun := SELF_DESCRIBED.search(clause):
            return guess_kind(noun[1])
    return None


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
