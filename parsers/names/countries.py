"""The names of countries (`countries.toml`), as towns abroad and the partners of projects are listed by them."""

import tomllib
from importlib.resources import files

WORDS = tomllib.loads(files("parsers.names").joinpath("countries.toml").read_text("utf-8"))["countries"]
COUNTRY = "|".join(sorted((*WORDS["sv"], *WORDS["en"]), key=len, reverse=True))
"""An expression for any of them, in Swedish or English."""
