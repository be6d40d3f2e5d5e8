"""Persons are found in any spelling of a text, and masked at equal length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.masking import cut_spans, mask_spans
from schemas.persons import NOBODY, Persons, describe_persons, find_parts

ANNA = describe_persons(["Anna Svensson"], ["0303-33 01 16"], ["Anna@Granvik.se"], ["Storgatan 12"])
WORDS = st.sampled_from(["Anna", "Svensson", "svenssons", "Åsa", "Ek", ",", "<b>", "\xa0", "0303-33 01 16", "+46303330116", "a@b.se", "12"])
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=12).map(" ".join)
SOMEBODY = st.lists(st.sampled_from(["Anna Svensson", "Åsa Ek", "Ek Anna", "b Åsa"]), max_size=3).map(
    lambda names: describe_persons(names, ["0303-33 01 16"], ["a@b.se"])
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Anna Svensson, ordförande", "████ ████████, ordförande"),
        ("Anna, Anna Svensson, Svensson", "Anna, ████ ████████, Svensson"),
        ("ANNA SVENSSON", "████ ████████"),
        ("Anna Svenssons förslag", "████ █████████ förslag"),
        ("Svensson, Anna", "████████, ████"),
        ("Anna\xa0 Svensson", "████\xa0 ████████"),
        ("Anna\nSvensson", "████\n████████"),
        ("Anna Svens\xadson", "████ █████\xad███"),
        ("<b>Anna</b> Svensson", "<b>████</b> ████████"),
        ("Anna&nbsp;Svensson", "████&nbsp;████████"),
        ('alt="Anna Svensson"', 'alt="████ ████████"'),
        ("ring 0303-33 01 16!", "ring ████-██ ██ ██!"),
        ("ring 0303 330116", "ring ████ ██████"),
        ("tel:+46303330116", "tel:+███████████"),
        ("+46 (0)303/33 01 16", "+██ (█)███/██ ██ ██"),
        ("0303-33 01 16, 0303-33 01 17", "████-██ ██ ██, 0303-33 01 17"),
        ("0303-33 01 <del>16</del>, nu 0303-33 01 <ins>17</ins>", "████-██ ██ <del>██</del>, nu 0303-33 01 <ins>17</ins>"),
        ("<p>12</p><p>0303-<b>33 01 16</b></p>", "<p>12</p><p>████-<b>██ ██ ██</b></p>"),
        ("<del>anna</del>@granvik.se", "<del>████</del>@███████.██"),
        ("<del>anna</del>.svensson@ale.se", "<del>████</del>.████████@███.██"),
        ("0303 -\n  33 01 16", "████ -\n  ██ ██ ██"),
        ("mailto:anna@granvik.se", "mailto:████@███████.██"),
        ("anna(at)granvik.se", "████(██)███████.██"),
        ("anna.svensson@ale.se", "████.████████@███.██"),
        ("svensson.anna2@ale.se", "████████.█████@███.██"),
        ("Storgatan 12, Ale", "█████████ ██, Ale"),
    ],
)
def test_a_person_is_masked_in_any_spelling(text: str, masked: str) -> None:
    assert ANNA.mask(text) == masked
    assert not ANNA.is_in(masked)


@pytest.mark.parametrize(
    "text",
    [
        "Anna",
        "Svensson",
        "Anna Svenssonberg",
        "Johanna Svensson",
        "Anna och Svensson",
        "0303-33 01 17",
        "eva.svensson@ale.se",
        "Storgatan 1",
        "",
    ],
)
def test_what_is_somebody_else_s_stays(text: str) -> None:
    assert ANNA.mask(text) == text
    assert not ANNA.is_in(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna-Karin von Essen", "von Essen, Anna-Karin"),
        ("Anna-Karin von Essen", "Anna Karin von Essen"),
        ("Åsa Öberg", "asa.oberg@ale.se"),
        ("A\u030asa O\u0308berg", "Åsa Öberg"),
        ("Anna Maria Svensson", "anna.svensson@ale.se"),
        ("Lars Andersson", "Lars Anderssons"),
    ],
)
def test_names_have_several_forms(name: str, text: str) -> None:
    assert describe_persons([name]).mask(text).strip("█-(), .@s") == ""


@given(SOMEBODY, TEXTS)
def test_masking_keeps_the_length_and_leaves_nothing(persons: Persons, text: str) -> None:
    masked = persons.mask(text)
    assert len(masked) == len(text)
    assert not persons.is_in(masked)
    assert persons.mask(masked) == masked
    assert all(after in (before, "█") for before, after in zip(text, masked, strict=True))


@given(TEXTS)
def test_nobody_masks_nothing(text: str) -> None:
    assert NOBODY.mask(text) == text
    assert not NOBODY


@given(SOMEBODY, TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_masked_text_is_masked_alike(persons: Persons, text: str, start: int, length: int) -> None:
    spans = persons.find(text)
    part = text[start : start + length]
    assert mask_spans(part, cut_spans(spans, start, start + len(part))) == mask_spans(text, spans)[start : start + length]


def test_parts_of_the_name_are_found_in_the_evidence_of_a_person() -> None:
    text = "Svensson (s), Annas rum 12, 0303-33 01 99, a.s@granvik.se, 446 37"
    assert mask_spans(text, find_parts(text, ("anna", "svensson"))) == "████████ (s), █████ rum 12, ████-██ ██ ██, █.█@███████.██, 446 37"


def test_what_one_has_and_the_other_not() -> None:
    eva = describe_persons(["Eva Ek"], ["0303-33 01 16"])
    assert (ANNA | eva) - eva == describe_persons(["Anna Svensson"], (), ["anna@granvik.se"], ["Storgatan 12"])
