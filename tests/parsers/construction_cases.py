"""The cases of constructions.toml and the comparison of what they expect with what a page's reading states."""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsers.reading import read_page
from registry import load_registry
from registry.identity import unregistered_id
from registry.sites import Site
from schemas.facts import Contact, DatedFact, Membership, Reading
from schemas.page import Page

URL = "https://www.exempel.se/samverkan"
FETCHED = datetime(2026, 11, 21, 4, tzinfo=UTC)
ANY = "any"


@dataclass(frozen=True)
class Case:
    """A page, whose site it is, and what is to be read from it."""

    id: str
    construction: str
    html: str
    owner: str | None = None
    title: str = "Samverkan"
    members: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    organisations: list[str] | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    dates: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    hole: dict[str, str] = field(default_factory=dict)


@cache
def all_cases() -> dict[str, list[Case]]:
    """The cases by the table they stand in: prose, negative, topic, count, list, organisation, contact."""
    with Path(__file__).with_name("constructions.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {name: [Case(**row) for row in rows] for name, rows in tables.items()}


def parameters(aspect: str, *tables: str) -> list[Any]:
    """Cases as pytest parameters; one whose `aspect` is known not to be read yet must fail."""
    return [
        pytest.param(case, id=case.id, marks=[pytest.mark.xfail(reason=case.hole[aspect], strict=True)] if aspect in case.hole else [])
        for table in tables
        for case in all_cases()[table]
    ]


def page_of(html: str, title: str = "Samverkan") -> Page:
    """A page as a municipality's system would send it; a bare sentence becomes a paragraph."""
    body = html if html.startswith("<") else f"<p>{html}</p>"
    document = f'<!DOCTYPE html><html lang="sv"><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>'
    return Page(URL, 200, (("Content-Type", "text/html; charset=utf-8"),), document.encode(), FETCHED)


def site_of(owner: str | None) -> Site | None:
    """A site of that owner."""
    return Site("exempel", owner, ("https://www.exempel.se/",), ("exempel.se",), (), None) if owner else None


def read_html(html: str, owner: str | None = None, title: str = "Samverkan") -> Reading:
    """The reading of a small page."""
    return read_page(page_of(html, title), site_of(owner), load_registry())


@cache
def read_case(case_id: str) -> Reading:
    """The reading of a case's page."""
    case = next(case for cases in all_cases().values() for case in cases if case.id == case_id)
    return read_html(case.html, case.owner, case.title)


def ids_of(name: str) -> set[str]:
    """The ids that satisfy a name: of a registered organisation its id, else the slug of the name; "A | B" either."""
    registry = load_registry()
    found = set()
    for alternative in name.split(" | "):
        known = registry.organisations.get(alternative) or registry.by_name(alternative)
        found.add(known.id if known else unregistered_id(alternative))
    return found


def without_scope(organisation_id: str) -> str:
    """ "org:raddningsnamnden@kommun:0380" -> "org:raddningsnamnden": the cases do not say how names are scoped."""
    return organisation_id.split("@", 1)[0]


def member_differences(case: Case, reading: Reading) -> list[str]:
    """What is missing, wrong or too much among the members; [] where all is right."""
    left = merge_members(reading.members)
    differences = []
    for group in case.members:
        for member in expected_members(group):
            found = next((fact for fact in left if fits(fact, group, member)), None)
            if found is None:
                differences.append(f"missing: {group['body']} < {member} ({group.get('role', 'member')})")
                continue
            left.remove(found)
            differences.extend(detail_differences(found, group, member))
    return differences + [f"too much: {f.organisation_id} < {f.member_id} ({f.role}, {f.basis})" for f in left]


def merge_members(facts: list[Membership]) -> list[Membership]:
    """One fact per body, member and role, with what any of the page's statements of it tells."""
    merged: dict[tuple[str, str, str], Membership] = {}
    for fact in facts:
        key = (fact.organisation_id, fact.member_id, fact.role)
        first = merged.setdefault(key, fact)
        told = {name: getattr(first, name) or getattr(fact, name) for name in ("is_host", "share", "since", "until")}
        merged[key] = replace(first, basis=min(first.basis, fact.basis, key=("named", "implied").index), **told)
    return list(merged.values())


def expected_members(group: dict[str, Any]) -> list[str]:
    """The members of a group: those named and the county's municipalities."""
    implied = [m.id for m in load_registry().municipalities_of(group["county"])] if "county" in group else []
    return [*group.get("of", ()), *implied]


def fits(fact: Membership, group: dict[str, Any], member: str) -> bool:
    """Whether a fact is the one expected: body, member and role."""
    roles = group.get("role", "member")
    right_role = roles == ANY or fact.role in roles.split(" | ")
    return right_role and without_scope(fact.organisation_id) in ids_of(group["body"]) and without_scope(fact.member_id) in ids_of(member)


def detail_differences(fact: Membership, group: dict[str, Any], member: str) -> list[str]:
    """What is wrong with basis, share, since and host of a member."""
    basis = group.get("basis", "implied" if "county" in group else "named")
    expected = {"basis": basis, "share": group.get("share"), "since": group.get("since"), "is_host": group.get("host") == member or None}
    got = {"basis": fact.basis, "share": fact.share, "since": fact.since, "is_host": fact.is_host or None}
    return [f"{member}: {key} {got[key]!r} instead of {value!r}" for key, value in expected.items() if value not in (got[key], ANY)]


def unit_stem(unit: str) -> str:
    """ "medlemskommuner", "kommunerna" -> "kommun": the noun that is counted, in its shortest form."""
    stem = unit.casefold().removeprefix("medlems").removeprefix("ägar")
    for ending in ("erna", "arna", "er", "ar"):
        if len(stem) > len(ending) + 3 and stem.endswith(ending):
            return stem[: -len(ending)]
    return stem


def count_differences(case: Case, reading: Reading) -> list[str]:
    """What is missing, wrong or too much among the stated counts."""
    left = list(reading.member_counts)
    missing = []
    for expected in case.counts:
        found = next((fact for fact in left if count_fits(fact, expected)), None)
        if found is None:
            missing.append(f"missing: {expected}")
        else:
            left.remove(found)
    return missing + [f"too much: {f.organisation_id}: {f.count} {f.unit} ({f.scope})" for f in left]


def count_fits(fact: Any, expected: dict[str, Any]) -> bool:
    """Whether a count is the one expected."""
    return (
        fact.count == expected["count"]
        and unit_stem(fact.unit) == unit_stem(expected["unit"])
        and fact.scope in expected["scope"].split(" | ")
        and without_scope(fact.organisation_id) in ids_of(expected["body"])
    )


def organisation_differences(case: Case, reading: Reading) -> list[str]:
    """What is missing or too much among the organisations named (the page's owner may be among them)."""
    named = {without_scope(mention.organisation_id) for mention in reading.mentions}
    wanted = [ids_of(name) for name in case.organisations or ()]
    missing = [f"missing: {sorted(ids)}" for ids in wanted if not ids & named]
    known = {i for ids in wanted for i in ids} | {without_scope(reading.owner_id or "")}
    too_much = [f"too much: {i}" for i in sorted(named - known)] if case.organisations is not None else []
    unwanted = [f"not wanted: {name}" for name in case.absent if ids_of(name) & named]
    return missing + too_much + unwanted


def kind_differences(case: Case, reading: Reading) -> list[str]:
    """Which organisations are missing or of another kind."""
    kinds = {without_scope(fact.id): fact.kind for fact in reading.organisations}
    pairs = [(name, kind, [kinds[i] for i in ids_of(name) if i in kinds]) for name, kind in case.kinds.items()]
    return [f"{name}: {found} instead of {kind}" for name, kind, found in pairs if found != [kind]]


def date_differences(case: Case, reading: Reading) -> list[str]:
    """What is missing, wrong or too much among the dates; whose a date is counts where the case tells it."""
    left = list(reading.dates)
    missing = []
    for expected in case.dates:
        found = next((fact for fact in left if date_fits(fact, expected)), None)
        if found is None:
            missing.append(f"missing: {expected}")
        else:
            left.remove(found)
    return missing + [f"too much: {f.kind} {f.edtf} ({f.organisation_id}, {f.about})" for f in left]


def date_fits(fact: DatedFact, expected: dict[str, Any]) -> bool:
    """Whether a date is the one expected: kind and value, and the organisation where one is stated."""
    right_body = "organisation" not in expected or without_scope(fact.organisation_id or "") in ids_of(expected["organisation"])
    return right_body and fact.kind in expected["kind"].split(" | ") and fact.edtf in expected["edtf"].split(" | ")


CONTACT_TEXTS = ("person", "role", "unit", "phone", "email", "street_address", "postal_code", "locality")


def contact_differences(case: Case, reading: Reading) -> list[str]:
    """What is missing, wrong or too much among the contacts; context is `contact` and a text is None unless the case tells it."""
    left = list(reading.contacts)
    missing = []
    for expected in case.contacts:
        found = next((fact for fact in left if contact_fits(fact, expected)), None)
        if found is None:
            missing.append(f"missing: {expected}")
        else:
            left.remove(found)
    return missing + [f"too much: {contact_texts(f)} ({f.context} of {f.organisation_id})" for f in left]


def contact_texts(fact: Contact) -> dict[str, str]:
    """What a contact tells."""
    return {name: value for name in CONTACT_TEXTS if (value := getattr(fact, name))}


def contact_fits(fact: Contact, expected: dict[str, Any]) -> bool:
    """Whether a contact is the one expected; roles are compared without case."""
    right_body = "organisation" not in expected or without_scope(fact.organisation_id or "") in ids_of(expected["organisation"])
    wanted = {name: expected[name] for name in CONTACT_TEXTS if name in expected}
    same = {key: text.casefold() for key, text in contact_texts(fact).items()} == {key: text.casefold() for key, text in wanted.items()}
    return right_body and same and fact.context in expected.get("context", "contact").split(" | ")
