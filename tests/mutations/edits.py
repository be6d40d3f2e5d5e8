"""One real edit of a page, as an editor makes it in the page's text, and what must be seen of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.mutations.bases import Base
from tests.mutations.dice import MONTHS, Dice
from tests.mutations.markup import Element, Parsed, Text, parse, replace_spans

SENTENCE_END = re.compile(r"(?<=[a-zåäö)\"][.!?])\s+(?=[A-ZÅÄÖ])")
WORD = re.compile(r"(?<![\w&#;@./:-])[a-zåäö]{5,}(?![\w;@/:-])")
NUMBER = re.compile(r"(?<![\w&#./:@-])\d{1,4}(?![\w;/:@-])")
NAME = re.compile(r"(?<![\w&#;-])[A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]+(?![\w;@.-])")
MONTH = re.compile(r"\b(?:" + "|".join(MONTHS) + r")\b")
WORDS = ("gemensamt", "årligen", "löpande", "tillsammans", "ytterligare", "särskilda", "regionala", "ansvarar")
NAMES = ("Viveka Hallonqvist", "Torgny Ekbladh", "Maj-Lis Sundgren", "Ragnhild Ossiansson")
ITEMS = ("Gemensam beredskap i älvdalen", "Fiberutbyggnad på landsbygden", "Kulturskola över gränserna")
SENTENCES = (
    "Arbetet utvärderas varje höst av en grupp tjänstepersoner.",
    "Kostnaderna delas lika mellan dem som deltar.",
    "Beslutet gäller tills vidare.",
    "Mötena är öppna för allmänheten.",
)


@dataclass(frozen=True, slots=True)
class FactChange:
    """The row of `changes` that an edit of a fact must give, where the first run holds the fact."""

    dataset: str
    kinds: frozenset[str]
    column: str
    """Where the first run must hold `before`."""
    before: str
    seen: str
    """A word that must stand in `before`, `after` or `key` of the row."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A page after an edit, the words that went and came, and the fact that is another by it; None where none need be."""

    html: str
    removed: str
    added: str
    fact: FactChange | None = None
    is_content: bool = True
    """Whether the page is another by it; an edit of the foot alone changes a contact, and no page."""


Editor = Callable[[Base, Parsed, Dice], Edit | None]


def change_number(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """One digit of a number in the text."""
    return replace_match(page, NUMBER, dice, lambda word: word[:-1] + str((int(word[-1]) + dice.randrange(1, 9)) % 10))


def change_word(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """One word by another."""
    return replace_match(page, WORD, dice, lambda word: dice.choice([other for other in WORDS if other != word]))


def change_name(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """Two capitalised words, most often a person's name, by a name."""
    return replace_match(page, NAME, dice, lambda _: dice.choice(NAMES))


def change_month(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A month of a date in the text."""
    return replace_match(page, MONTH, dice, lambda word: dice.choice([month for month in MONTHS if month != word]))


def add_sentence(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A sentence at the end of a paragraph."""
    text = choose_text(page, dice, lambda text: text.words.rstrip().endswith((".", "!", "?")))
    sentence = dice.choice(SENTENCES)
    return text and replace_text(page, text, f"{text.words.rstrip()} {sentence}", "", sentence)


def remove_sentence(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """One of several sentences of a paragraph."""
    text = choose_text(page, dice, lambda text: SENTENCE_END.search(text.words.strip()))
    if text is None:
        return None
    sentences = SENTENCE_END.split(text.words.strip())
    gone = sentences.pop(dice.randrange(len(sentences)))
    return replace_text(page, text, " ".join(sentences), gone, "")


def add_paragraph(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A new paragraph after another."""
    text = choose_text(page, dice, lambda text: nearest(text, "p"))
    element, sentence = text and nearest(text, "p"), dice.choice(SENTENCES)
    return put_after(page, element, f"<p>{sentence}</p>", sentence) if element else None


def remove_paragraph(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A whole paragraph."""
    text = choose_text(page, dice, lambda text: fills(page, text, "p") and text.words.count(" ") > 3)
    return text and take_out(page, text)


def remove_item(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """One item of a list."""
    text = choose_text(page, dice, lambda text: fills(page, text, "li"))
    return text and take_out(page, text)


def add_item(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A new item of a list."""
    text = choose_text(page, dice, lambda text: fills(page, text, "li"))
    word = dice.choice(ITEMS)
    return put_after(page, text.parent, f"<li>{word}</li>", word) if text and text.parent else None


PLAIN: Mapping[str, Editor] = {
    editor.__name__: editor
    for editor in (
        change_number, change_word, change_name, change_month, add_sentence, remove_sentence, add_paragraph, remove_paragraph,
        remove_item, add_item,
    )
}  # fmt: skip
"""Edits of the text alone: the page must be changed, its facts may be."""


def choose_text(page: Parsed, dice: Dice, is_fit: Callable[[Text], object]) -> Text | None:
    """One of the texts of the content that are fit; None where none is."""
    texts = [text for text in page.list_editorial() if is_fit(text)]
    return dice.choice(texts) if texts else None


def put_after(page: Parsed, element: Element, piece: str, words: str) -> Edit:
    """The page with a piece of HTML after an element."""
    return Edit(replace_spans(page.html, [(element.end, element.end, f"\n{piece}")]), "", words)


def take_out(page: Parsed, text: Text) -> Edit:
    """The page without the element that a text fills."""
    span = (text.parent.start, text.parent.end, "") if text.parent else (text.start, text.end, "")
    return Edit(replace_spans(page.html, [span]), text.words.strip(), "")


def nearest(text: Text, tag: str) -> Element | None:
    """The closest element of a tag around a text."""
    return next((element for element in text.parent.ancestors() if element.tag == tag), None) if text.parent else None


def fills(page: Parsed, text: Text, tag: str) -> bool:
    """Whether a text is all that an element of a tag holds."""
    element = text.parent
    return element is not None and element.tag == tag and page.html[element.inner : element.inner_end].strip() == text.words.strip()


def replace_match(page: Parsed, pattern: re.Pattern[str], dice: Dice, change: Callable[[str], str]) -> Edit | None:
    """The page with one match in its text replaced."""
    found = [(text, match) for text in page.list_editorial() for match in pattern.finditer(text.words)]
    if not found:
        return None
    text, match = dice.choice(found)
    word = change(match[0])
    return replace_text(page, text, text.words[: match.start()] + word + text.words[match.end() :], match[0], word)


def replace_text(page: Parsed, text: Text, words: str, removed: str, added: str) -> Edit:
    """The page with a text replaced."""
    return Edit(replace_spans(page.html, [(text.start, text.end, words)]), removed, added)


def is_in_content(page: Parsed, spans: Iterable[tuple[int, int, str]]) -> bool:
    """Whether one of these stretches stands in what an editor wrote."""
    texts = page.list_editorial()
    return any(text.start <= start < text.end for start, _, _ in spans for text in texts)


def edit_page(base: Base, html: str, editor: Editor, dice: Dice) -> Edit | None:
    """What an editor makes of a version of a page; None where it finds nothing to edit, or the edit is none."""
    edit = editor(base, parse(html), dice)
    return edit if edit and edit.html != html else None
