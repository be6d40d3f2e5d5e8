"""Mentions of bodies that their way of being named gives away, and the identity of each."""

import re

from parsers.body_names import find_body_names
from parsers.body_patterns import BodyName
from parsers.body_words import strip_genitive
from parsers.document import Document
from parsers.names import Names
from parsers.registered_names import CONFIDENCE
from registry import Registry, unregistered_id
from schemas.facts import Mention, OrganisationFact


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
    return first + re.escape(form[1:]).replace(r"\ ", " ") + ("" if form.endswith("s") else "s?")


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
