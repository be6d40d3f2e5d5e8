"""How many members a body has, as pages state it in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.construction_cases import Case, count_differences, parameters, read_case, read_html

# As they stand before a plural noun.
WORDS = {
    2: "två", 3: "tre", 4: "fyra", 5: "fem", 6: "sex", 7: "sju", 8: "åtta", 9: "nio", 10: "tio", 11: "elva", 12: "tolv", 13: "tretton",
    14: "fjorton", 15: "femton", 16: "sexton", 17: "sjutton", 18: "arton", 19: "nitton", 20: "tjugo", 21: "tjugoen", 34: "trettiofyra",
    49: "fyrtionio", 100: "hundra",
}  # fmt: skip


def counts_of(sentence: str) -> set[tuple[str, int, str]]:
    """Body, number and scope of the counts that a sentence states."""
    return {(fact.organisation_id, fact.count, fact.scope) for fact in read_html(sentence).member_counts}


@pytest.mark.parametrize("case", parameters("counts", "count", "prose", "negative", "topic", "list"))
def test_counts_of_a_construction(case: Case) -> None:
    assert count_differences(case, read_case(case.id)) == []


@given(st.integers(min_value=2, max_value=290))
def test_any_number_in_digits(number: int) -> None:
    assert counts_of(f"I Kommunalförbundet Mellanbygden ingår {number} kommuner.") == {
        ("org:kommunalforbundet-mellanbygden", number, "total")
    }


@pytest.mark.parametrize(("number", "word"), WORDS.items(), ids=WORDS.values())
def test_numbers_in_words(number: int, word: str) -> None:
    assert counts_of(f"I Kommunalförbundet Mellanbygden ingår {word} kommuner.") == {
        ("org:kommunalforbundet-mellanbygden", number, "total")
    }


@given(
    st.integers(min_value=2, max_value=290), st.sampled_from(["ledamöter", "ersättare", "anställda", "invånare", "bilar", "sidor", "år"])
)
def test_what_is_no_member_is_not_counted(number: int, noun: str) -> None:
    assert counts_of(f"Kommunalförbundet Mellanbygden har {number} {noun}.") == set()


def test_one_count_said_twice_is_one() -> None:
    counts = read_html(
        "<p>I Kommunalförbundet Mellanbygden ingår 14 kommuner.</p><p>Kommunalförbundet Mellanbygden består av 14 kommuner.</p>"
    )
    assert len(counts.member_counts) == 1
