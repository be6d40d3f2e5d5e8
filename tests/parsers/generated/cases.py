"""The case that a pattern gives for a seed: its page, the facts that it states, and where the reading differs from them."""

import re
from collections.abc import Iterable
from typing import Any

from schemas.facts import Reading
from tests.parsers.construction_cases import (
    Case,
    contact_differences,
    count_differences,
    date_differences,
    member_differences,
    organisation_differences,
    read_html,
)
from tests.parsers.generated.draw import Draw
from tests.parsers.generated.named import MENTIONLESS
from tests.parsers.generated.patterns import Pattern
from tests.parsers.generated.sorts import value_of
from tests.parsers.generated.swedish import capitalise
from tests.parsers.generated.words import read_words

SLOT = re.compile(r"\{(\w+?)(?::(\w+))?\}")  # "{members}", "{Members:each}"; not "{}"
COMPARED = {
    "members": member_differences,
    "counts": count_differences,
    "organisations": organisation_differences,
    "dates": date_differences,
    "contacts": contact_differences,
}


def make_case(pattern: Pattern, seed: int, number: int) -> Case:
    """The pattern's case of that number, the same on every machine."""
    draw = Draw(f"{seed} {pattern.key} {number}", pattern.plain_places, pattern.counties)
    title, html = fill(pattern.title, draw), fill(pattern.html, draw)
    if not html.startswith("<"):
        html = draw.rng.choice(read_words()["settings"]["html"]).replace("{html}", html)
    aside = draw.rng.choice(read_words()["asides"]["html"]) if number % 2 else ""
    html += fill(aside, draw)
    return Case(
        id=f"{pattern.key} {seed} {number}",
        construction=pattern.id,
        html=html,
        owner=fill(pattern.owner, draw) if pattern.owner else None,
        title=title,
        members=[expect_members(row, draw) for row in pattern.members],
        counts=[expect_count(row, draw) for row in pattern.counts],
        organisations=[*find_named(pattern.title + pattern.html + aside, draw), *pattern.named],
        dates=[expect_texts(row, draw) for row in pattern.dates],
        contacts=[expect_texts(row, draw) for row in pattern.contacts],
    )


def fill(template: str, draw: Draw) -> str:
    """The template with its slots written. A slot with a capital begins a sentence: "{Members}"."""

    def write(slot: re.Match[str]) -> str:
        name, form = slot[1], slot[2] or ""
        text = value_of(draw, name.lower()).write(form, draw.rng)
        return capitalise(text) if name[0].isupper() else text

    return SLOT.sub(write, template)


def find_named(template: str, draw: Draw) -> Iterable[str]:
    """The organisations that a template names."""
    named = (value_of(draw, name.lower()).names for name, form in SLOT.findall(template) if form not in MENTIONLESS)
    return dict.fromkeys(name for names in named for name in names)


def name_of(slot: str, draw: Draw) -> str:
    """What the cases call the organisation of a slot."""
    return value_of(draw, slot).names[0]


def expect_members(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A group of members: body, of, county, host and share are slots, since is a template."""
    group = row | {"body": name_of(row["body"], draw)}
    if "of" in row or "named" in row:
        group["of"] = [name for slot in row.get("of", ()) for name in value_of(draw, slot).names] + row.get("named", [])
    if "county" in row:
        group["county"] = value_of(draw, row["county"]).value
    if "host" in row:
        group["host"] = name_of(row["host"], draw)
    if row.get("share", "any") != "any":
        group["share"] = value_of(draw, row["share"]).value
    return group | ({"since": fill_edtf(row["since"], draw)} if "since" in row else {})


def expect_count(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A count: body and count are slots."""
    return row | {"body": name_of(row["body"], draw), "count": value_of(draw, row["count"]).value}


def expect_texts(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A date or contact: organisation is a slot, the rest are templates."""
    texts = {key: fill_edtf(text, draw) if key == "edtf" else fill(text, draw) for key, text in row.items() if key != "organisation"}
    return texts | ({"organisation": name_of(row["organisation"], draw)} if row.get("organisation") else {})


def fill_edtf(template: str, draw: Draw) -> str:
    """ "{year}/{year2}" -> "2020/2024"."""
    return SLOT.sub(lambda slot: value_of(draw, slot[1]).write(slot[2] or "edtf", draw.rng), template)


def find_differences(pattern: Pattern, case: Case) -> dict[str, list[str]]:
    """By aspect, where the reading of a case differs from what it states."""
    reading: Reading = read_html(case.html, case.owner, case.title)
    found = {aspect: COMPARED[aspect](case, reading) for aspect in pattern.aspects}
    return {aspect: differences for aspect, differences in found.items() if differences}
