"""What a run must be like to be published, read from `expectations.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.datasets import DATASETS
from schemas.tables import arrow_schema

FILE = "expectations.toml"


class Expectation(BaseModel):
    """One entry: what is measured, and from where on that holds a run back or needs a person's look."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    measure: str
    """A key of `review.checks.MEASURES`."""
    datasets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    minimum: float | None = None
    """Less holds the run."""
    maximum: float | None = None
    """More is warned of."""
    warn_below: float | None = None
    hold_above: float | None = None
    at_least: int = 1
    """Of how few things the measure is no share to be judged by."""
    kinds: tuple[str, ...] = ("crawl", "extract", "demo")
    full_crawl_only: bool = False
    reason: str = Field(min_length=20)

    @model_validator(mode="after")
    def check_names(self) -> Self:
        """ValueError where there is no limit, or no such dataset, column or kind of run."""
        if {self.minimum, self.maximum, self.warn_below, self.hold_above} == {None}:
            raise ValueError(f"{self.name} has no limit")
        unknown = {*self.datasets} - DATASETS.keys() | {*self.kinds} - {"crawl", "extract", "demo"}
        for dataset in {*self.datasets} & DATASETS.keys():
            unknown |= {*self.columns} - {*arrow_schema(dataset).names}
        if unknown:
            raise ValueError(f"{self.name} names what is not known: {', '.join(sorted(unknown))}")
        return self

    def judge(self, value: float) -> tuple[str, float] | None:
        """Whether a value holds the run (`hold`) or is warned of (`warn`), and the limit that it is beyond; None where all is well."""
        if self.minimum is not None and value < self.minimum:
            return "hold", self.minimum
        if self.hold_above is not None and value > self.hold_above:
            return "hold", self.hold_above
        if self.warn_below is not None and value < self.warn_below:
            return "warn", self.warn_below
        if self.maximum is not None and value > self.maximum:
            return "warn", self.maximum
        return None


@cache
def load_expectations() -> tuple[Expectation, ...]:
    """Those that come with the program. ValueError where one is wrong."""
    return read_expectations((files("review") / FILE).read_text("utf-8"))


def read_expectations(text: str) -> tuple[Expectation, ...]:
    """The entries of a TOML text. ValueError where one is wrong or a name stands twice."""
    expectations = tuple(Expectation.model_validate(entry) for entry in tomllib.loads(text)["expectation"])
    names = [expectation.name for expectation in expectations]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"expected twice: {', '.join(sorted(twice))}")
    return expectations
