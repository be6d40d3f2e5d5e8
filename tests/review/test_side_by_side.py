"""A unified diff as two columns."""

from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.side_by_side import GAP, MOST_WORDS, Line, Side, mark_words, pair_sentences, read_diff


def show(side: Side | None) -> str | None:
    """A side with what is marked in brackets."""
    return None if side is None else "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in side)


def compare(before: list[str], after: list[str], context: int = 1) -> list[Line]:
    return list(read_diff("\n".join(unified_diff(before, after, lineterm="", n=context))))


def test_a_changed_word_is_marked_inside_its_sentence() -> None:
    lines = compare(["Medlemmar.", "Förbundet har 12 medlemmar.", "Kontakt."], ["Medlemmar.", "Förbundet har 13 medlemmar.", "Kontakt."])
    assert [(show(line.before), show(line.after)) for line in lines] == [
        ("Medlemmar.", "Medlemmar."),
        ("Förbundet har [12] medlemmar.", "Förbundet har [13] medlemmar."),
        ("Kontakt.", "Kontakt."),
    ]


def test_sentences_that_came_and_went_stand_alone() -> None:
    lines = compare(["A b c.", "Ale kommun"], ["A b c.", "Lerums kommun är ny", "Vi ses"])
    assert [(show(line.before), show(line.after)) for line in lines[1:]] == [
        ("[Ale kommun]", None),
        (None, "[Lerums kommun är ny]"),
        (None, "[Vi ses]"),
    ]


def test_what_is_the_same_between_two_changes_is_a_gap() -> None:
    before = [f"Mening {number}." for number in range(12)]
    after = ["Ny", *before[:11], "Slut"]
    assert compare(before, after).count(GAP) == 1


@pytest.mark.parametrize(
    ("removed", "added", "pairs"),
    [
        (["Eva Ek är chef"], ["Ny rad", "Eva Ek är ordförande"], [(None, "Ny rad"), ("Eva Ek är chef", "Eva Ek är ordförande")]),
        (["ett två"], ["tre fyra"], [("ett två", None), (None, "tre fyra")]),
        ([], ["tre"], [(None, "tre")]),
        ([], [], []),
    ],
)
def test_a_sentence_stands_beside_what_it_became(removed: list[str], added: list[str], pairs: list[tuple[str | None, str | None]]) -> None:
    assert list(pair_sentences(removed, added)) == pairs


def test_an_endless_sentence_is_marked_whole() -> None:
    before, after = "ord " * MOST_WORDS + "a", "ord " * MOST_WORDS + "b"
    assert [show(side) for side in mark_words(before, after)] == [f"[{before}]", f"[{after}]"]


sentences = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=12), max_size=8)


@given(before=sentences, after=sentences)
def test_no_word_is_lost_on_either_side(before: list[str], after: list[str]) -> None:
    lines = compare(["same", *before], ["same", *after], context=99)
    if lines:
        old = ["".join(piece.text for piece in line.before) for line in lines if line.before is not None]
        new = ["".join(piece.text for piece in line.after) for line in lines if line.after is not None]
        assert (old, new) == (["same", *before], ["same", *after])
    else:
        assert before == after


@given(text=st.text())
def test_any_text_can_be_read_as_a_diff(text: str) -> None:
    assert all(line == GAP or line.before or line.after for line in read_diff(text))
