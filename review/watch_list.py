"""The organisations that the operator watches, one to a line of `watch-list.txt`: an id or a name."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.registry import load_registry
from schemas.output import latest_run, watch_list_file
from schemas.tables import read_rows

logger = logging.getLogger(__name__)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Watched:
    """An organisation on the watch list."""

    organisation_id: str
    name: str
    site_ids: tuple[str, ...] = ()
    """The sites that it runs."""

    @property
    def slug(self) -> str:
        """The name of its feed: "kommun-1440", "org-regionala-samverkansradet_region-22"."""
        return self.organisation_id.replace(":", "-").replace("@", "_")


def find_watched(output: Path) -> list[Watched]:
    """The organisations on the watch list by id; a line that names none is warned of. None where there is no such list."""
    lines = list(read_lines(watch_list_file(output)))
    run = latest_run(output)
    if not lines or run is None:
        return []
    names = read_names(run)
    owners = read_rows(run / "coverage.parquet", ("site_id", "owner_id"))
    by_name = {name.casefold(): organisation_id for organisation_id, known in names.items() for name in reversed(known)}
    found = {}
    for line in lines:
        registered = load_registry().by_name(line)
        organisation_id = line if line in names else registered.id if registered else by_name.get(line.casefold())
        if organisation_id is None:
            logger.warning("the watch list names %s, which is no organisation that is known", line)
            continue
        sites = tuple(row["site_id"] for row in owners if row["owner_id"] == organisation_id)
        found[organisation_id] = Watched(organisation_id, names[organisation_id][0], sites)
    return [found[organisation_id] for organisation_id in sorted(found)]


def read_lines(file: Path) -> Iterator[str]:
    """What stands on the lines of the list; "#" begins a comment. Nothing where there is no list."""
    text = file.read_text("utf-8-sig", errors="replace") if file.exists() else ""
    for line in text.splitlines():
        if words := " ".join(re.sub(r"(^|\s)#.*", "", line).split()):
            yield words


def read_names(run: Path) -> dict[str, list[str]]:
    """All names of the organisations that a run or the registry knows, by id, the canonical one first."""
    names = {organisation.id: [organisation.name] for organisation in load_registry().organisations.values()}
    for row in read_rows(run / "organisations.parquet", ("organisation_id", "name", "other_names")):
        names[row["organisation_id"]] = [row["name"], *row["other_names"]]
    return names
