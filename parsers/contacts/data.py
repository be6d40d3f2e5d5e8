"""Contacts stated for machines: organisations and persons in JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from parsers.contacts.drafts import Draft
from parsers.contacts.persons import read_person
from parsers.page.document import Document, clean_text
from schemas.values.address import Address, read_address, read_postal_code
from schemas.values.email import read_email
from schemas.values.phone import read_phone

Node = dict[str, Any]
PERSON = frozenset(("Person",))
BODY_ENDINGS = ("Organization", "GovernmentOffice", "LocalBusiness", "ContactPoint")


def find_data_drafts(document: Document) -> Iterator[tuple[Draft, str | None]]:
    """Every contact in JSON-LD with the name of its organisation, where it states a number, an e-mail or an address."""
    for script in document.elements("script"):
        if (script.get("type") or "").strip().casefold() == "application/ld+json" and script.text:
            try:
                data = json.loads(script.text.strip().removesuffix(";"))
            except (ValueError, RecursionError):
                continue
            for node in walk_nodes(data):
                draft = read_node(node)
                if draft.has_value:
                    yield draft, read_text(node.get("name")) if not draft.person else None


def find_property_drafts(document: Document) -> Iterator[Draft]:
    """Persons whose number or e-mail stands in the `<meta>` of their microdata only."""
    for element in document.elements("meta"):
        if element.get("itemprop") in ("telephone", "email") and (content := element.get("content")):
            item = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
            named = item.find(".//*[@itemprop='name']") if item is not None and (item.get("itemtype") or "").endswith("/Person") else None
            person = read_person(clean_text("".join(named.itertext()) or named.get("content") or "")) if named is not None else None
            phone, email = read_phone(content), read_email(content)
            if person and (phone or email):
                yield Draft(None, person, phone=phone, email=email, method="microdata", confidence=0.9, source="markup", quote=content)


def walk_nodes(data: Any, depth: int = 0) -> Iterator[Node]:
    """Every organisation, office or person in the data, also inside others (`publisher`, `@graph`)."""
    if depth > 8:
        return
    if isinstance(data, dict):
        types = data.get("@type")
        names = [types] if isinstance(types, str) else types if isinstance(types, list) else []
        if any(isinstance(name, str) and (name in PERSON or name.endswith(BODY_ENDINGS)) for name in names):
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for inner in data:
            yield from walk_nodes(inner, depth + 1)


def read_node(node: Node) -> Draft:
    """The draft of one organisation or person."""
    draft = Draft(None, method="json_ld", confidence=0.9, source="json-ld")
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    if "Person" in types:
        draft.person, draft.role = read_text(node.get("name")), read_text(node.get("jobTitle"))
    elif "ContactPoint" in types:
        draft.unit = read_text(node.get("contactType"))
    draft.phone = read_phone(read_text(node.get("telephone")) or "")
    draft.email = read_email(read_text(node.get("email")) or "")
    if address := read_postal_address(node.get("address")):
        draft.addresses.append(address)
    draft.quote = json.dumps({key: node[key] for key in ("name", "telephone", "email", "address") if key in node}, ensure_ascii=False)
    return draft


def read_postal_address(value: Any) -> Address | None:
    """The address in a PostalAddress or text; None where it is none."""
    if isinstance(value, str):
        return read_address(value)
    if not isinstance(value, dict):
        return None
    code = read_text(value.get("postalCode"))
    street, town = read_text(value.get("streetAddress")), read_text(value.get("addressLocality"))
    address = Address(street, read_postal_code(code) if code else None, town)
    return address if address.street_address or address.postal_code else None


def read_text(value: Any) -> str | None:
    """The first text of a property; None where it has none."""
    if isinstance(value, list):
        value = next((inner for inner in value if isinstance(inner, str)), None)
    return clean_text(value) or None if isinstance(value, str) else None
