"""What the review of a run says before the run is published; `review` says it, `pipelines` acts on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from schemas.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that did not hold."""

    check: str
    """The expectation's name: facts_lost, sites_lost."""
    severity: str
    """hold | warn"""
    message: str
    """One line for a person: what is, what was expected, of which run."""
    subject: str | None = None
    """Of which dataset, column or site."""
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a review."""

    findings: tuple[Finding, ...] = ()
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """dataset (or `page_changes`) -> change -> how many, those of cause `reading` not among them"""
    tables: Mapping[str, int] = field(default_factory=dict)
    """The datasets that it wrote into the run's folder, and how many rows each has."""
    files: tuple[str, ...] = ()
    """The other files that it wrote there."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the run must be held; none where it may be published."""
        return tuple(finding.message for finding in self.findings if finding.severity == "hold")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run whose datasets are written, but which nobody can see yet."""

    output: Path
    folder: Path
    """Where its datasets are."""
    manifest: "Manifest"
    previous: Path | None = None
    """The folder of the published run of its kind that it is compared with; None of a first run."""
    reread: Path | None = None
    """The datasets that today's code makes of the pages of `previous`; None where the same code read both."""


class Reviewer(Protocol):
    """Looks at a run before it is published, and takes note of it afterwards."""

    def review(self, candidate: Candidate) -> Verdict:
        """Compares the run with the one before, writes the changes into its folder, and says whether it may be published."""
        ...

    def note_published(self, output: Path) -> None:
        """Brings history and feed up to the newest published run; what was missed of earlier ones too."""
        ...
