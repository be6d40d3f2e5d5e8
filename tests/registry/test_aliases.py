"""The reviewed aliases: which can be used, and what is told of those that cannot."""

import pytest

from registry.aliases import Alias, load_aliases, read_aliases
from registry.registry import load_registry
from schemas.errors import UsageError

GOOD = {"id": "org:gr-forbundet", "organisation_id": "orgnr:222000-0265", "reason": "So says its statute"}
LOCAL = {"name": "Regionen", "site": "ale", "organisation_id": "orgnr:222000-0265", "reason": "Its pages call it so"}


def read(*tables: dict[str, str]) -> tuple[Alias, ...]:
    text = "\n".join("\n".join(["[[alias]]", *(f'{key} = "{value}"' for key, value in table.items())]) for table in tables)
    return read_aliases("a.toml", text, load_registry(), ["ale"])


def test_the_bundled_aliases_can_be_used() -> None:
    aliases = load_aliases()
    assert aliases
    assert all(alias.reason for alias in aliases)


def test_an_id_and_a_name_on_a_site_are_read() -> None:
    everywhere, local = read(GOOD, LOCAL)
    assert (everywhere.id, everywhere.organisation_id, everywhere.site_id) == ("org:gr-forbundet", "orgnr:222000-0265", None)
    assert everywhere.ids("kommun:1440") == ("org:gr-forbundet",)
    assert (local.name, local.site_id) == ("Regionen", "ale")
    assert local.ids("kommun:1440") == ("org:regionen", "org:regionen@kommun:1440")
    assert local.ids(None) == ("org:regionen",)


def test_a_registered_organisation_can_be_another_registered_one_on_a_site() -> None:
    (alias,) = read({"id": "kommun:0305", "site": "ale", "organisation_id": "kommun:0643", "reason": "Håbo for Habo"})
    assert alias.ids(None) == ("kommun:0305",)


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ([GOOD | {"reason": ""}], "alias 1: reason: must be a text"),
        ([{key: GOOD[key] for key in ("id", "organisation_id")}], "alias 1: reason: is missing"),
        ([GOOD, LOCAL | {"organisation": "x"}], "alias 2: organisation: is no key of an alias"),
        ([GOOD | {"name": "GR"}], "alias 1: needs either id or name"),
        ([{key: GOOD[key] for key in ("reason", "organisation_id")}], "alias 1: needs either id or name"),
        ([{key: LOCAL[key] for key in ("name", "reason", "organisation_id")}], "alias 1: name: holds on a site only"),
        ([LOCAL | {"site": "ael"}], 'alias 1: site: there is no site "ael"'),
        ([GOOD | {"id": "GR"}], 'alias 1: id: "GR" is no organisation id'),
        ([GOOD | {"organisation_id": "orgnr:1"}], 'alias 1: organisation_id: "orgnr:1" is no organisation id'),
        ([GOOD | {"organisation_id": "kommun:9999"}], 'alias 1: organisation_id: "kommun:9999" is not in the registry'),
        ([GOOD | {"id": "orgnr:222000-0265"}], "alias 1: organisation_id: is the id itself"),
        ([GOOD | {"id": "kommun:1440"}], 'alias 1: id: "kommun:1440" is registered'),
        ([GOOD, GOOD], "org:gr-forbundet stands twice"),
        ([GOOD, {"id": "org:a", "organisation_id": "org:gr-forbundet", "reason": "x"}], "org:gr-forbundet is an alias itself"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(tables: list[dict[str, str]], problem: str) -> None:
    with pytest.raises(UsageError) as error:
        read(*tables)
    assert str(error.value).startswith(f"a.toml: {problem}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["[[alias]", "[alias]\nid = 'org:a'", "alias = 1", "[[aliases]]\nid = 'org:a'"])
def test_a_file_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^a\.toml: "):
        read_aliases("a.toml", text, load_registry(), ["ale"])
