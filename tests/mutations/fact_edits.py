"""Real edits of facts that somebody annotated on the page: a phone number, a member, a role, a count, a date."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from tests.mutations.bases import Base
from tests.mutations.dice import Dice
from tests.mutations.edits import Edit, Editor, FactChange, fills, is_in_content
from tests.mutations.markup import Parsed, Text, replace_spans

PHONE = re.compile(r"(?<![\w+])[+0][\d\s–/()-]{6,}\d")
TEL = re.compile(r"tel:[+\d\s-]+\d")
SURNAMES = ("Hallonqvist", "Ekbladh", "Sundgren", "Ossiansson")
ROLES = ("kanslichef", "utvecklingschef", "samordnare", "verksamhetschef", "ekonomichef")
NEW_MEMBERS = {"Arjeplogs kommun": "Arjeplog", "Pajala kommun": "Pajala", "Sorsele kommun": "Sorsele", "Överkalix kommun": "Överkalix"}
COUNTS = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton", "femton")
LONGEST_ITEM = 80
"""A longer one says more than who takes part."""
NEAR = 60
"""Characters between a person and a role that is hers."""
CHANGED = frozenset(("changed",))


def change_phone(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """One digit of a contact's phone number, wherever the page has it."""
    for contact in shuffled(base, "contacts", dice):
        digits = re.sub(r"\D", "", contact.get("phone") or "").removeprefix("46")
        spans = [span for span in find_phones(page) if read_digits(span[2]) == digits]
        written = [words for _, _, words in spans if not words.startswith("tel:")]
        if len(digits) >= 7 and written:
            digit = str((int(digits[-1]) + dice.randrange(1, 9)) % 10)
            html = replace_spans(page.html, [(start, end, words[:-1] + digit) for start, end, words in spans])
            phone = f"+46{digits}"
            seen = phone[:-1] + digit
            words = written[0]
            return Edit(html, words, words[:-1] + digit, FactChange("contacts", CHANGED, "phone", phone, seen), is_in_content(page, spans))
    return None


def change_email(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A letter of a contact's e-mail address."""
    for contact in shuffled(base, "contacts", dice):
        email = contact.get("email") or ""
        if email and any(email in text.words for text in page.texts):
            other = dice.choice("bdkv") + email
            spans = [(start, end, other) for start, end in find_words(page, email)]
            fact = FactChange("contacts", CHANGED, "email", email, other)
            return Edit(page.html.replace(email, other), email, other, fact, is_in_content(page, spans))
    return None


def change_person(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A person's family name, as after a wedding or where another holds the post."""
    for contact in shuffled(base, "contacts", dice):
        name = contact.get("person") or ""
        spans = list(find_words(page, name)) if " " in name else []
        if spans:
            other = f"{name.rpartition(' ')[0]} {dice.choice(SURNAMES)}"
            changed = [(start, end, other) for start, end in spans]
            kinds = frozenset(("renamed", "changed", "added", "removed"))
            fact = FactChange("contacts", kinds, "person", name, other)
            return Edit(replace_spans(page.html, changed), name, other, fact, is_in_content(page, changed))
    return None


def change_role(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """What a person is, where the page says it once."""
    for contact in shuffled(base, "contacts", dice):
        role = contact.get("role") or ""
        spans = list(find_words(page, role)) if role and contact.get("person") else []
        if len(spans) == 1 and contact["person"] in page.html[max(0, spans[0][0] - NEAR) : spans[0][1] + NEAR]:
            other = dice.choice([word for word in ROLES if word != role.casefold()])
            fact = FactChange("contacts", CHANGED | {"added", "removed", "renamed"}, "role", role, other)
            return Edit(replace_spans(page.html, [(*spans[0], other)]), role, other, fact)
    return None


def remove_member(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A member that is an item of a list, or one of several names between commas, and named nowhere else."""
    for name, text in find_members(base, page, dice):
        word = text.words.strip()
        fact = FactChange("members", frozenset(("removed",)), "member_name", name, name)
        if fills(page, text, "li") and text.parent and len(word) < LONGEST_ITEM:
            return Edit(replace_spans(page.html, [(text.parent.start, text.parent.end, "")]), word, "", fact)
        short = next(short for short in names_of(base, name) if short in text.words)
        if f", {short}, " in text.words or f", {short} och " in text.words:
            return Edit(replace_spans(page.html, [(text.start, text.end, text.words.replace(f", {short}", ""))]), short, "", fact)
    return None


def add_member(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A municipality more, beside one in a list or a sentence."""
    for name, text in find_members(base, page, dice):
        if not name.endswith("kommun"):
            continue
        new = dice.choice(list(NEW_MEMBERS))
        short = next(short for short in names_of(base, name) if short in text.words)
        word = new if short.endswith("kommun") else NEW_MEMBERS[new]
        fact = FactChange("members", frozenset(("added",)), "member_name", name, new)
        if fills(page, text, "li") and text.parent and text.words.strip() == short:
            return Edit(replace_spans(page.html, [(text.parent.end, text.parent.end, f"\n<li>{word}</li>")]), "", word, fact)
        if f", {short}, " in text.words:
            words = text.words.replace(f", {short}, ", f", {short}, {word}, ")
            return Edit(replace_spans(page.html, [(text.start, text.end, words)]), "", word, fact)
    return None


def change_count(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """A stated number of members, in digits or in words."""
    for fact in shuffled(base, "member_counts", dice):
        count = fact["count"]
        for word, other in ((str(count), str(count + 1)), *([(COUNTS[count - 2], COUNTS[count - 1])] if 2 <= count <= 14 else [])):
            spans = [
                s
                for s in find_words(page, word)
                if re.match(r"\s+(?:medlems|ägar)?(?:kommun|medlem|part|region|organisation)", page.html[s[1] :])
            ]
            if len(spans) == 1:
                change = FactChange("member_counts", CHANGED, "count", str(count), str(count + 1))
                return Edit(replace_spans(page.html, [(*spans[0], other)]), word, other, change)
    return None


def change_date(base: Base, page: Parsed, dice: Dice) -> Edit | None:
    """The year of an annotated date."""
    for fact in shuffled(base, "dates", dice):
        quote, year = fact.get("text") or "", str(fact.get("start") or "")[:4]
        if fact["kind"] in ("updated", "published") or quote.count(year) != 1 or not year.isdigit():
            continue
        spans = list(find_words(page, quote))
        if len(spans) == 1:
            other = str(int(year) - 1)
            change = FactChange("dates", CHANGED, "edtf", year, other)
            return Edit(replace_spans(page.html, [(*spans[0], quote.replace(year, other))]), year, other, change)
    return None


OF_FACTS: Mapping[str, Editor] = {
    editor.__name__: editor
    for editor in (change_phone, change_email, change_person, change_role, remove_member, add_member, change_count, change_date)
}
"""Edits of annotated facts: the page must be changed, and the fact."""


def shuffled(base: Base, dataset: str, dice: Dice) -> list[dict[str, Any]]:
    """The annotated facts of a dataset in some order."""
    facts = list(base.gold.get(dataset, ()))
    dice.shuffle(facts)
    return facts


def find_words(page: Parsed, words: str) -> Iterator[tuple[int, int]]:
    """Where these words stand in the page's text, as they are or with & as &amp;."""
    pattern = re.compile(rf"(?<![\w&#-])(?:{re.escape(words)}|{re.escape(escape(words))})(?![\w-])")
    for text in page.texts:
        for found in pattern.finditer(text.words):
            yield text.start + found.start(), text.start + found.end()


def find_phones(page: Parsed) -> Iterator[tuple[int, int, str]]:
    """The phone numbers in text and in tel: links, with their words."""
    for text in page.texts:
        for found in PHONE.finditer(text.words):
            yield text.start + found.start(), text.start + found.end(), found[0]
    for element in page.elements:
        for found in TEL.finditer(page.html, element.start, element.inner):
            yield found.start(), found.end(), found[0]


def read_digits(words: str) -> str:
    """A number's digits without what stands for the country and the first 0."""
    digits = re.sub(r"\D", "", words.replace("(0)", ""))
    return re.sub(r"^(?:0046|46(?=\d{8})|0)0?", "", digits)


def names_of(base: Base, name: str) -> list[str]:
    """An organisation's names on the page, the longest first."""
    rows = [row for row in base.gold.get("organisations", ()) if row["name"] == name]
    return sorted({name, *(short for row in rows for short in row.get("also", ()))}, key=len, reverse=True)


def find_members(base: Base, page: Parsed, dice: Dice) -> Iterator[tuple[str, Text]]:
    """Annotated members with the one text of the content that names them; those that the page names twice are left out."""
    editorial = page.list_editorial()
    rows = base.gold.get("members", ())
    names = [row["member"] for row in rows if row["basis"] == "named"]
    for name in dict.fromkeys(names if not names else dice.sample(names, len(names))):
        shortest = names_of(base, name)[-1]
        stem = re.compile(rf"(?<!\w){re.escape(shortest.removesuffix(' kommun').removesuffix('s'))}")
        texts = [text for text in page.texts for _ in stem.finditer(text.words)]
        if len(texts) == 1 and texts[0] in editorial and any(short in texts[0].words for short in names_of(base, name)):
            yield name, texts[0]
