"""The list of persons who asked not to be published."""

from pathlib import Path

import pytest

from schemas.do_not_publish import read_listed
from schemas.errors import UsageError
from schemas.persons import NOBODY, describe_persons


def test_a_line_is_a_name_an_address_or_a_number(tmp_path: Path) -> None:
    (tmp_path / "do-not-publish.txt").write_text(
        "# asked on 2026-11-20\nAnna Svensson\n\n  Eva.Ek@granvik.se  # by letter\n0303-33 01 16\n", encoding="utf-8"
    )
    assert read_listed(tmp_path) == describe_persons(["Anna Svensson"], ["+46303330116"], ["eva.ek@granvik.se"])


def test_no_list_names_nobody(tmp_path: Path) -> None:
    assert read_listed(tmp_path) == NOBODY


def test_the_list_of_the_folder_around_holds_too(tmp_path: Path) -> None:
    (tmp_path / "do-not-publish.txt").write_text("\ufeffAnna Svensson", encoding="utf-8")
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "do-not-publish.txt").write_text("Eva Ek")
    assert read_listed(tmp_path / "extract") == describe_persons(["Anna Svensson", "Eva Ek"])


@pytest.mark.parametrize("line", ["Anna", "12345", "anna@", "Storgatan 12", "***"])
def test_a_line_that_names_nobody_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "do-not-publish.txt").write_text(f"Eva Ek\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"do-not-publish\.txt, line 2: "):
        read_listed(tmp_path)
