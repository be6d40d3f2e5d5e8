"""What is content and what is noise: every rule swallows its examples, and every real change is seen."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.content import KNOWLEDGE, hash_content, join_words, list_sentences, measure_similarity, select_content
from parsers.page.walk import read_document

PAGE = """Regionalt samverkansråd
Rådet består av tretton kommuner och Region Norrvik. Ordförande är Eva Ekdal.
Kontakt
Eva Ekdal, ordförande
eva.ekdal@norrvik.se
0303-33 00 12
Medlemmar
Ale kommun, Kils kommun och Lerums kommun
Avtalet gäller till och med den 31 december 2027.
Kostnaden är 3,5 miljoner kronor, 50 % från regionen."""

EXAMPLES = [(rule["name"], example) for rule in KNOWLEDGE["rule"] for example in rule["examples"]]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}: {example}" for rule, example in EXAMPLES])
def test_noise_makes_no_other_content_wherever_it_stands(rule: str, example: str) -> None:
    lines = PAGE.split("\n")
    for place in (0, 3, len(lines)):
        assert hash_content("\n".join([*lines[:place], example, *lines[place:]])) == hash_content(PAGE), rule


@pytest.mark.parametrize("decoration", KNOWLEDGE["decorations"]["examples"])
def test_what_hangs_on_a_link_is_no_content(decoration: str) -> None:
    gap = "" if decoration.startswith(",") else " "
    assert list_sentences(f"Ale kommun{gap}{decoration}") == ["Ale kommun"]
    assert list_sentences(f"Ale kommun\n{decoration}\nLerum") == ["Ale kommun", "Lerum"]


def test_what_hangs_on_a_link_in_a_sentence_leaves_the_sentence_whole() -> None:
    decorated = "Läs mer hos Ale kommun länk till annan webbplats, öppnas i nytt fönster och hos Kil."
    assert list_sentences(decorated) == ["Läs mer hos Ale kommun och hos Kil."]


@pytest.mark.parametrize(
    "line",
    [
        "Senast ändrad 20 mars 2026 · Ansvarig: Eva Ekdal",
        "Ansvarig: Eva Ekdal | Publicerad 4 januari 2024",
        "Ansvarig: Eva Ekdal Senast uppdaterad: 2024-01-04",
    ],
)
def test_a_date_of_the_page_that_shares_a_line_with_content_is_noise(line: str) -> None:
    assert list_sentences(line) == ["Ansvarig: Eva Ekdal"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ale\xa0kommun", "Ale kommun"),
        ("Ale   kommun \n\n", "Ale kommun"),
        ("sam\xadverkan", "samverkan"),
        ("sam\u200bverkan", "samverkan"),
        ("Ra\u030adet", "Rådet"),
        ("ﬁnansiär", "finansiär"),
        ("• Ale kommun", "Ale kommun"),
        ("- Ale kommun", "Ale kommun"),
        ("”Samverkan”", '"Samverkan"'),
        ("»Samverkan«", "“Samverkan”"),
        ("2022 – 2026", "2022-2026"),
        ("Ale – en kommun", "Ale - en kommun"),
        ("Telefon:", "Telefon"),
        ("Ale kommun , Kil", "Ale kommun, Kil"),
        ("Ale\tKil", "Ale\nKil"),
        ("Vi är ett förbund. Vi är tretton.", "Vi är ett förbund.\nVi är tretton."),
    ],
)
def test_spelling_is_no_content(before: str, after: str) -> None:
    assert hash_content(before) == hash_content(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0303-33 00 12", "0303-33 00 13"),
        ("Eva Ekdal, ordförande", "Eva Ekdahl, ordförande"),
        ("Eva Ekdal, ordförande", "Eva Ekdal, vice ordförande"),
        ("eva.ekdal@norrvik.se", "eva.ekdal@norrvik.nu"),
        ("Ale kommun, Kils", "Ale kommun, Hjo kommun, Kils"),
        ("Ale kommun, ", ""),
        ("31 december 2027", "30 december 2027"),
        ("2027", "2028"),
        ("tretton", "fjorton"),
        ("3,5", "3,6"),
        ("50 %", "55 %"),
        ("Ordförande är Eva Ekdal.", ""),
        ("Medlemmar\n", "Medlemmar\nUppdaterad efter fyllnadsvalet den 15 december 2025.\n"),
        ("Medlemmar\n", "Medlemmar\nPlanen är senast uppdaterad 2024-05-01\n"),
        ("Medlemmar\n", "Medlemmar\nUppdaterade medlemsavgifter: Kil betalar 3 kr\n"),
        ("Medlemmar\n", "Medlemmar\nGranskad av revisor Bo Ek är förbundet\n"),
        ("Medlemmar\n", "Medlemmar\nFörbundet bildades för 20 år sedan\n"),
        ("Medlemmar\n", "Medlemmar\n21 november 2026\n"),
        ("Medlemmar\n", "Medlemmar\nVecka 47\n"),
        ("Medlemmar\n", "Medlemmar\nSkriv ut blanketten och lämna den till kommunen.\n"),
        ("Medlemmar\n", "Medlemmar\nHär är du välkommen: Kils kommun\n"),
        ("Medlemmar\n", "Medlemmar\nStartsida | Region Norrvik | 0303-33 00 00\n"),
        ("Medlemmar\n", "Medlemmar\n© Ale kommun, 0303-33 00 00\n"),
        ("Medlemmar\n", "Medlemmar\nÖppet måndag 8-16\n"),
        ("Medlemmar\n", "Medlemmar\nDela ansvaret\n"),
        ("Medlemmar\n", "Medlemmar\nReferens: KS2024-00123\n"),
        ("Medlemmar\n", "Medlemmar\n5\n"),
    ],
)
def test_a_real_change_is_another_content(before: str, after: str) -> None:
    assert before in PAGE
    assert hash_content(PAGE.replace(before, after, 1)) != hash_content(PAGE)


def test_a_name_below_the_date_of_the_page_is_content() -> None:
    assert list_sentences("Senast uppdaterad 2024-01-04\nEva Ekdal\n0303-33 00 12") == ["Eva Ekdal", "0303-33 00 12"]


def test_a_number_keeps_its_sign_and_its_parts() -> None:
    assert len({hash_content(text) for text in ("Resultat 5", "Resultat -5", "Resultat 50", "Resultat 5 0", "Resultat 5,0")}) == 5


WORDS = st.lists(st.sampled_from(["Ale", "Kil", "kommun", "avtal", "2027", "0303", "Eva", "är", "leder"]), min_size=1, max_size=40)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_same_words_cut_into_other_lines_are_the_same_content(words: list[str], chance: random.Random) -> None:
    cut = "".join(f"{word}{chance.choice([' ', chr(10), '  ', chr(9), ' ' + chr(10)])}" for word in words)
    assert hash_content(cut) == hash_content(" ".join(words))


@given(WORDS, st.data())
def test_another_digit_or_letter_anywhere_is_another_content(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = data.draw(st.sampled_from([index for index, character in enumerate(text) if character != " "]))
    other = data.draw(st.sampled_from("0123456789" if text[place].isdigit() else "abcdefåäö").filter(lambda sign: sign != text[place]))
    assert hash_content(text[:place] + other + text[place + 1 :]) != hash_content(text)


@given(st.text())
def test_sentences_read_back_as_themselves(text: str) -> None:
    sentences = list_sentences(text)
    assert list_sentences("\n".join(sentences)) == sentences


@given(st.lists(st.sampled_from(PAGE.split("\n"))), st.lists(st.sampled_from(PAGE.split("\n"))))
def test_similarity_is_a_share_that_is_whole_only_for_the_same_words(before: list[str], after: list[str]) -> None:
    similarity = measure_similarity(before, after)
    assert 0 <= similarity <= 1
    assert similarity == measure_similarity(after, before)
    assert (similarity == 1) == (sorted(join_words(before).split()) == sorted(join_words(after).split()))


def select(body: str) -> str:
    """The content of a page's body."""
    document = read_document(f"<html><body>{body}</body></html>")
    assert document is not None
    return select_content(document)


def test_the_foot_of_a_page_is_no_part_of_its_content() -> None:
    assert (
        select("<main><h1>Samverkan</h1><p>Vi samverkar.</p></main><footer><p>Ring 0501-75 50 00.</p></footer>")
        == "Samverkan\nVi samverkar."
    )


TEXT = "<p>Kommunerna i länet samverkar om räddningstjänst, vatten och avlopp.</p>"


@pytest.mark.parametrize(
    ("body", "first"),
    [
        (f"<p>fredag 21 november</p><h1>Samverkan</h1>{TEXT}", "Samverkan"),
        (f"<main><p>fredag 21 november</p><h1>Samverkan</h1>{TEXT}</main>", "fredag 21 november"),
        (f"{TEXT}<h1>Kontakt</h1><p>Eva Ek</p>", "Kommunerna i länet samverkar om räddningstjänst, vatten och avlopp."),
        (f"<p>Nyhet</p>{TEXT}", "Nyhet"),
    ],
    ids=["head", "in main", "h1 at the end", "no h1"],
)
def test_the_head_above_the_h1_is_no_part_of_a_page_without_main(body: str, first: str) -> None:
    assert select(body).split("\n")[0] == first
