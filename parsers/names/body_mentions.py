"""Mentions of bodies that their way of being named gives away, and the identity of each."""

import re

import ahocorasick

from parsers.names import body_english, body_named, body_patterns
from parsers.names.body_listings import find_in_lists, find_in_member_columns, find_seated
from parsers.names.body_names import find_body_names
from parsers.names.body_patterns import BodyName
from parsers.names.body_words import guess_kind, strip_genitive
from parsers.names.foreign_towns import WITH_ADJECTIVE, find_foreign_towns
from parsers.names.near import Scanner
from parsers.names.page_names import Names
from parsers.names.registered_names import CONFIDENCE
from parsers.page.document import Document
from registry import Registry, unregistered_id
from registry.names import fold
from schemas.facts import Mention, OrganisationFact

# One pass over a text for all expressions.
SCANNER = Scanner((*body_patterns.NEARS, *body_english.NEARS, *body_named.NEARS, WITH_ADJECTIVE))


def find_bodies(document: Document, names: Names) -> list[Mention]:
    """Mentions of bodies found by how they are named, wherever their name or an abbreviation of it stands."""
    scan = SCANNER.scan(document.text)
    bodies = find_body_names(
        document, scan, lambda name: is_place(name, names.registry), lambda name: bool(name) and is_area(name, names.registry)
    )
    bodies += find_foreign_towns(document, scan)
    bodies += find_seated(document)
    starts = {hit.start for hit in names.hits if hit.organisation_ids and hit.form != "county"}
    bodies += find_in_lists(document, starts)
    bodies += find_in_member_columns(document, starts)
    forms: dict[str, tuple[str, BodyName]] = {}
    for body in bodies:
        if is_area(body.name, names.registry):
            continue  # "Kommunerna i Västra Götaland (VGK)"
        organisation_id = identify(body, names)
        if body.method in ("twin_town", "foreign_town", "seated_name") or (body.method == "listed_name" and body.kind == "other"):
            names.parties.add(organisation_id)
        aliases = [alias for alias in body.aliases if not is_area(alias, names.registry)]
        for form in (body.name, *aliases):
            forms.setdefault(form, (organisation_id, body))
    if names.owner and not names.owner.is_registered:
        own = BodyName(names.owner.name, names.owner.kind, "owner_name", 0.9)
        forms.setdefault(own.name, (names.owner.id, own))
        for short in short_names(own.name):
            if not is_area(short, names.registry):
                forms.setdefault(short, (names.owner.id, own))
    return find_forms(document.text, forms)


# What a body's full name adds to the one that it goes by: "VafabMiljö Kommunalförbund", "Sydvatten AB", "Kommunalförbundet Itsam"
FORM_WORDS = re.compile(
    r"^(?:Kommunalförbundet|Samordningsförbundet|Destination|Stiftelsen|Föreningen)\s"
    r"|\s(?:[Kk]ommunalförbund|AB|[Ee]konomisk förening|ek\. för\.)$"
)


def short_names(name: str) -> list[str]:
    """What a body's own pages call it for short: the name without the word for its form, and the capitals that it begins with ("SRV")."""
    bare, first = FORM_WORDS.sub("", name), name.split()[0]
    shorts = [bare] if bare != name and len(bare) > 3 and bare[0].isupper() and not bare.endswith("s") else []
    return shorts + ([first] if first not in (name, bare) and first.isupper() and len(first) > 2 else [])


def find_forms(text: str, forms: dict[str, tuple[str, BodyName]]) -> list[Mention]:
    """The mentions of names in a text: with their capitals (but for a first letter before lower case), in nominative or genitive."""
    if not forms:
        return []
    spelt: dict[str, list[str]] = {}
    for form in forms:
        spelt.setdefault(fold(form), []).append(form)
    automaton = ahocorasick.Automaton()
    for key, same in spelt.items():
        automaton.add_word(key, same)
    automaton.make_automaton()
    mentions = []
    for last, same in automaton.iter(fold(text)):
        start, end = last + 1 - len(same[0]), last + 1
        spelling = choose_spelling(text[start:end], same)
        if spelling is None:
            continue
        if text[end : end + 1] == "s" and not spelling.endswith("s"):
            end += 1
        if stands_alone(text, start, end):
            organisation_id, body = forms[spelling]
            mentions.append(Mention(organisation_id, text[start:end], start, end, body.method, body.confidence))
    return mentions


def choose_spelling(words: str, forms: list[str]) -> str | None:
    """The form that words spell, but for a first letter before lower case; None where the capitals differ."""
    return words if words in forms else next((f for f in forms if f[1:] == words[1:] and f[1:].islower()), None)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether whole words stand at a span, no part of an address."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (before.isalnum() or before in ("_", "@")) and not (after.isalnum() or after in ("_", "@"))


def is_area(name: str, registry: Registry) -> bool:
    """Whether a name is a municipality's, a county's or a part of the country's: no short name for one body there."""
    return any(hit.start == 0 and hit.end == len(name) and hit.form not in CONFIDENCE for hit in registry.find_names(name))


def is_place(name: str, registry: Registry) -> bool:
    """Whether a name is a municipality's bare place name."""
    known = registry.by_name(name)
    return known is not None and known.place == name


def identify(body: BodyName, names: Names) -> str:
    """The id of a body: a registered one's by any form of its name, the owner's, else one made of its name; it is taken into `names`."""
    for form in name_variants(body.name):
        if known := names.registry.by_name(form):
            names.add_registered(known.id)
            return known.id
    forms = {variant.casefold() for form in (body.name, *body.aliases) for variant in name_variants(form)}
    if names.owner and forms & {name.casefold() for name in (names.owner.name, *short_names(names.owner.name))}:
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
    if head == "Kommunalförbundet" and guess_kind(rest):  # "Kommunalförbundet Räddningstjänsten Västra Blekinge"
        variants.append(rest)
    if head in ("Finsam", "Samordningsförbundet"):  # what the associations of the Finsam act call themselves
        variants.append(f"{'Finsam' if head == 'Samordningsförbundet' else 'Samordningsförbundet'} {rest}")
    return variants
