"""The patterns of patterns/*.toml, and the case that one of them gives for a seed."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
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
from tests.parsers.generated.swedish import capitalise
from tests.parsers.generated.values import MENTIONLESS

SLOT = re.compile(r"\{(\w+?)(?::(\w+))?\}")  # "{members}", "{Members:each}"; not "{}"
ASPECTS = {
    "members": member_differences,
    "counts": count_differences,
    "organisations": organisation_differences,
    "dates": date_differences,
    "contacts": contact_differences,
}


@dataclass(frozen=True)
class Pattern:
    """A construction with slots, and the facts that it states in terms of its slots."""

    id: str
    html: str
    topic: str
    title: str = "Samverkan"
    owner: str | None = None
    members: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    dates: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    plain_places: bool = False
    named: list[str] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    hole: dict[str, str] = field(default_factory=dict)

    @property
    def aspects(self) -> list[str]:
        """What is compared in its cases."""
        return [aspect for aspect in ASPECTS if aspect not in self.ignore]


@cache
def all_patterns() -> dict[str, Pattern]:
    """The patterns by their ids."""
    rows = [
        (path.stem, row)
        for path in sorted((Path(__file__).parent / "patterns").glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["pattern"]
    ]
    return {row["id"]: Pattern(topic=topic, **row) for topic, row in rows}


def make_case(pattern: Pattern, seed: int, number: int) -> Case:
    """The pattern's case of that number, the same on every machine."""
    draw = Draw(f"{seed} {pattern.id} {number}", pattern.plain_places)
    title, html = fill(pattern.title, draw), fill(pattern.html, draw)
    return Case(
        id=f"{pattern.id}-{seed}-{number}",
        construction=pattern.topic,
        html=html,
        owner=fill(pattern.owner, draw) if pattern.owner else None,
        title=title,
        members=[expect_members(row, draw) for row in pattern.members],
        counts=[expect_count(row, draw) for row in pattern.counts],
        organisations=[*find_named(pattern.title + pattern.html, draw), *pattern.named],
        dates=[expect_texts(row, draw) for row in pattern.dates],
        contacts=[expect_texts(row, draw) for row in pattern.contacts],
    )


def fill(template: str, draw: Draw) -> str:
    """The template with its slots written. A slot with a capital begins a sentence: "{Members}"."""

    def write(slot: re.Match[str]) -> str:
        name, form = slot[1], slot[2] or ""
        text = draw.slot(name.lower()).write(form, draw.rng)
        return capitalise(text) if name[0].isupper() else text

    return SLOT.sub(write, template)


def find_named(template: str, draw: Draw) -> Iterable[str]:
    """The organisations that a template names."""
    named = (draw.slot(name.lower()).names for name, form in SLOT.findall(template) if form not in MENTIONLESS)
    return dict.fromkeys(name for names in named for name in names)


def name_of(slot: str, draw: Draw) -> str:
    """What the cases call the organisation of a slot."""
    return draw.slot(slot).names[0]


def expect_members(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A group of members: body, of, county, host and share are slots, since is a template."""
    group = row | {"body": name_of(row["body"], draw)}
    if "of" in row or "named" in row:
        group["of"] = [name for slot in row.get("of", ()) for name in draw.slot(slot).names] + row.get("named", [])
    if "county" in row:
        group["county"] = draw.slot(row["county"]).value  # type: ignore[union-attr]
    if "host" in row:
        group["host"] = name_of(row["host"], draw)
    if row.get("share", "any") != "any":
        group["share"] = draw.slot(row["share"]).value  # type: ignore[union-attr]
    return group | ({"since": fill_edtf(row["since"], draw)} if "since" in row else {})


def expect_count(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A count: body and count are slots."""
    return row | {"body": name_of(row["body"], draw), "count": draw.slot(row["count"]).value}  # type: ignore[union-attr]


def expect_texts(row: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """A date or contact: organisation is a slot, the rest are templates."""
    texts = {key: fill_edtf(text, draw) if key == "edtf" else fill(text, draw) for key, text in row.items() if key != "organisation"}
    return texts | ({"organisation": name_of(row["organisation"], draw)} if row.get("organisation") else {})


def fill_edtf(template: str, draw: Draw) -> str:
    """ "{year}/{year2}" -> "2020/2024"."""
    return SLOT.sub(lambda slot: draw.slot(slot[1]).write(slot[2] or "edtf", draw.rng), template)


def find_differences(pattern: Pattern, case: Case) -> dict[str, list[str]]:
    """By aspect, where the reading of a case differs from what it states."""
    reading: Reading = read_html(case.html, case.owner, case.title)
    found = {aspect: ASPECTS[aspect](case, reading) for aspect in pattern.aspects}
    return {aspect: differences for aspect, differences in found.items() if differences}
