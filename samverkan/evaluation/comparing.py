"""When what was annotated and what was found are the same: names, addresses, identifiers, dates."""

import re
import unicodedata

KINDS = {
    "kommun": "municipality", "region": "region", "länsstyrelse": "county_board", "kommunalförbund": "municipal_association",
    "samordningsförbund": "coordination_association", "gemensam nämnd": "joint_committee", "statlig myndighet": "agency",
    "departement": "ministry", "bolag": "company", "förening": "association", "stiftelse": "foundation", "lärosäte": "university",
    "nätverk": "network", "råd": "council", "samarbete": "collaboration", "eu": "eu", "övrig": "other",
}  # fmt: skip
"""What the annotators call a kind -> `organisations.kind`."""
ALIKE = 0.7
"""The share of common trigrams from which two postal addresses are the same: "Box 36, 243 21 Höör" and "Box 36 24321 HÖÖR"."""

# "(VGR)", "(SKR)"; not a parenthesis of a sentence's length
_ABBREVIATION = re.compile(r"\([^)]{1,12}\)")
_WORD = re.compile(r"[\w&+]+")


def fold(text: object) -> str:
    """Case, width, punctuation and a parenthesised abbreviation away; "" for None."""
    folded = unicodedata.normalize("NFKC", "" if text is None else str(text)).casefold()
    return " ".join(_WORD.findall(_ABBREVIATION.sub(" ", folded)))


def fold_url(url: str) -> str:
    """An address without scheme, "www." and the slash at its end."""
    return re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/").casefold()


def kind_of(annotated: str) -> str:
    """The code of an annotated kind; what is no known kind stays as it is."""
    return KINDS.get(annotated.casefold(), annotated)


def digits_of(identifier: object) -> str:
    """Its digits."""
    return re.sub(r"\D", "", str(identifier or ""))


def ids_of(identifier: object) -> set[str]:
    """The organisation_ids that an annotated SCB code, county code or organisation number can stand for."""
    digits = digits_of(identifier)
    match len(digits):
        case 4:
            return {f"kommun:{digits}"}
        case 2:
            return {f"region:{digits}", f"lansstyrelse:{digits}"}
        case 10:
            return {f"orgnr:{digits[:6]}-{digits[6:]}"}
        case _:
            return set()


def edtf_of(start: str | None, end: str | None) -> str:
    """An annotated date or interval as EDTF: "2022/2026"; "--05-04" is "XXXX-05-04"."""
    first, last = (value and str(value).replace("--", "XXXX-", 1) if str(value).startswith("--") else value for value in (start, end))
    return f"{first}/{last}" if first and last and first != last else str(first or last)


def are_alike(one: str, other: str) -> bool:
    """Whether two folded postal addresses are the same."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / max(1, len(first | second)) >= ALIKE


def trigrams(text: str) -> set[str]:
    """All three letters in a row, blanks left out."""
    letters = text.replace(" ", "")
    return {letters[index : index + 3] for index in range(max(1, len(letters) - 2))}


def first_words(page_text: str, *names: object) -> str | None:
    """The line of a page's text on which one of the names stands first, None where none does."""
    lines = page_text.split("\n")
    for name in filter(None, map(fold, names)):
        if line := next((line for line in lines if name in fold(line)), None):
            return line.strip()
    return None
