"""Pages of monstrous size are read up to a bound, in bounded memory, and say that their end is missing."""

import pytest

from parsers.page.tree import MOST_ATTRIBUTES, MOST_TAGS, parse_html
from tests.parsers.monstrous_pages import MONSTERS, count_owners, measure_apart, read_monster

MOST_MEMORY = 250
"""Megabytes. A crawl that reads such a page stays below 400 with all that it holds besides."""


@pytest.mark.parametrize(
    ("name", "is_cut"),
    [
        ("200,000 tags", False),
        ("nested 20,000 deep", True),
        ("100,000 links in one line", True),
        ("200,000 attributes", True),
        ("1 million comments", True),
        ("300,000 e-mail addresses", True),
    ],
)
def test_what_stands_before_the_monster_is_read(name: str, is_cut: bool) -> None:
    reading = read_monster(name)
    assert count_owners(reading) == 2
    assert ("page_truncated" in {issue.code for issue in reading.issues}) == is_cut


def test_long_attributes_are_no_many_attributes() -> None:
    """Programs of a page's own keep their state in one attribute, of a hundred thousand words and signs."""
    page = f"""<p data-state='{'{"a=b": "c > d"}, ' * 3 * MOST_ATTRIBUTES}' title="12" bred">Ale kommun</p>"""
    tree, is_cut = parse_html(page)
    assert tree is not None
    assert (tree.findtext(".//p"), is_cut) == ("Ale kommun", False)


def test_a_quote_that_is_not_closed_ends_no_page() -> None:
    page = '<p title="12" bred">Ale kommun</p>' + '<a class="a b c d e f g h i j" href="/x">Lerum</a>' * MOST_ATTRIBUTES
    tree, is_cut = parse_html(page)
    assert tree is not None
    assert (len(tree.findall(".//a")), is_cut) == (MOST_ATTRIBUTES, False)


def test_the_tag_that_is_too_many_ends_the_page() -> None:
    tree, is_cut = parse_html("<br>" * (MOST_TAGS + 10))
    assert tree is not None
    assert (len(tree.findall(".//br")), is_cut) == (MOST_TAGS, True)


@pytest.mark.soak
@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_takes_bounded_memory(name: str) -> None:
    cost = measure_apart(name)
    assert cost.peak_growth < MOST_MEMORY
    assert cost.owners == 2
