"""What is known of the persons who are to be forgotten: read out of contacts, and kept aside until all that says it is masked."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.keys import Row
from pipelines.old_pages import OldPages
from pipelines.page_masks import PRIVATE, describe_contacts, is_listed, without_names
from schemas.disk import write_text
from schemas.output import history_file, run_folder
from schemas.persons import NOBODY, Persons
from schemas.tables import scan_rows

FILE_NAME = ".forgetting.json"
"""In the output while persons are being forgotten: a call that was killed is ended by the next one, which could not read this any more."""
CONTACT: tuple[str, ...] = ("page_id", "kind", *PRIVATE)
CHANGE: tuple[str, ...] = ("dataset", "column", "before", "after", "previous_run_id", "run_id", "page_id")


@dataclass(frozen=True, slots=True)
class Words:
    """By what persons are known who are not to be read of."""

    listed: Persons = NOBODY
    """Those on the list: on every page."""
    old: Persons = NOBODY
    """On old pages: those too who were read there."""
    gone: Persons = NOBODY
    """Where no page tells how old it is, in logs and feeds: of those who were read on old pages all who are on no other."""

    def __or__(self, other: "Words") -> "Words":
        return Words(self.listed | other.listed, self.old | other.old, self.gone | other.gone)

    def __bool__(self) -> bool:
        return bool(self.listed or self.old or self.gone)


@dataclass(slots=True)
class Contacts:
    """What contacts say, each different thing once."""

    listed: set[tuple[Any, ...]] = field(default_factory=set)
    old: set[tuple[Any, ...]] = field(default_factory=set)
    """Persons on old pages."""
    shown: set[tuple[Any, ...]] = field(default_factory=set)
    """All others."""
    offices: set[tuple[Any, ...]] = field(default_factory=set)
    """Those of the others that are no persons."""

    def add(self, row: Row, listed: Persons, *, is_old: bool) -> None:
        """Takes a contact up, or what is known of its columns."""
        said = tuple(row.get(column) for column in PRIVATE)
        is_person = row["kind"] == "person"
        kind = self.listed if is_listed(row, listed) else self.old if is_old and is_person else self.shown
        kind.add(said)
        if kind is self.shown and not is_person:
            self.offices.add(said)

    def find_words(self, listed: Persons) -> Words:
        """What is masked where. A person's phone or address is not, where somebody shares it of whom one may read."""
        shown, offices, old = describe(self.shown), describe(self.offices), describe(self.old)
        always = listed | (describe(self.listed) - shown)
        return Words(always, always | (old - without_names(offices)), always | (old - shown))


def describe(said: Iterable[tuple[Any, ...]]) -> Persons:
    """What values of the private columns say."""
    return describe_contacts(dict(zip(PRIVATE, values, strict=True)) for values in said)


def read_words(output: Path, old: OldPages, listed: Persons) -> Words:
    """Of all contacts of the runs and of the history, and of what their changes say of some."""
    contacts = Contacts()
    for run_id, pages in old.pages.items():
        for row in scan_if_there(run_folder(output, run_id) / "contacts.parquet", CONTACT):
            contacts.add(row, listed, is_old=row["page_id"] in pages)
    for row in scan_if_there(history_file(output, "contacts"), (*CONTACT, "last_seen")):
        contacts.add(row, listed, is_old=old.cutoff is not None and row["last_seen"] < old.cutoff)
    for row, began in scan_changes(output, old):
        for value, run_id in ((row["before"], row["previous_run_id"]), (row["after"], row["run_id"])):
            if row["dataset"] == "contacts" and value is not None:
                contacts.add(read_contact(row["column"], value), listed, is_old=old.is_old(run_id, row["page_id"], began))
    return contacts.find_words(listed)


def scan_changes(output: Path, old: OldPages) -> Iterator[tuple[Row, datetime]]:
    """The changes of the runs and of the log, and when the run of each began."""
    for run_id, began in old.began.items():
        for row in scan_if_there(run_folder(output, run_id) / "changes.parquet", CHANGE):
            yield row, began
    for row in scan_if_there(history_file(output, "changes"), (*CHANGE, "run_started_at")):
        yield row, row["run_started_at"]


def scan_if_there(path: Path, columns: tuple[str, ...] | None = None) -> Iterator[Row]:
    """The rows of a dataset; none where there is no such file."""
    return scan_rows(path, columns) if path.exists() else iter(())


def read_contact(column: str | None, value: str) -> Row:
    """A contact, of a change of the whole or of one column: of that it is not told whether it is a person's."""
    row: Row = dict.fromkeys(PRIVATE) | {"kind": "person"}
    return row | ({column: value} if column in PRIVATE else {}) if column else row | json.loads(value)


def begin_forgetting(output: Path, words: Words, cutoff: datetime | None) -> None:
    """Notes what is about to be forgotten. Raises OutputUnwritable."""
    told = {name: {part: sorted(values) for part, values in persons.items()} for name, persons in asdict(words).items()}
    write_text(output / FILE_NAME, json.dumps({"cutoff": cutoff and cutoff.isoformat(), **told}))


def read_begun(output: Path) -> tuple[Words, datetime | None] | None:
    """What a call was about to forget that was killed; None where none was."""
    path = output / FILE_NAME
    if not path.exists():
        return None
    told = json.loads(path.read_text("utf-8"))
    cutoff = told.pop("cutoff")
    return Words(**{name: read_persons(parts) for name, parts in told.items()}), cutoff and datetime.fromisoformat(cutoff)


def read_persons(parts: dict[str, list[Any]]) -> Persons:
    """As `begin_forgetting` wrote them."""
    phrases = {part: frozenset(map(tuple, parts[part])) for part in ("names", "addresses")}
    return Persons(**phrases, phones=frozenset(parts["phones"]), emails=frozenset(parts["emails"]))
