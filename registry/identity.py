"""Readable, stable ids for organisations that have no code of their own."""

import re
import unicodedata

# Letters that do not decompose into an ASCII letter and a mark: "Helsingør" -> "helsingor", "Læsø" -> "laeso".
_UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def organisation_slug(name: str) -> str:
    """The name in lower-case ASCII letters and digits with single hyphens: "Göteborg & Co" -> "goteborg-co".

    "" where the name holds no letter or digit that has an ASCII form.
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED))
    letters = "".join(character for character in folded if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def unregistered_id(name: str, scope: str | None = None) -> str:
    """The id of an organisation known by its name only: "org:soltak-ab".

    `scope` is the id of the site's owner, for names that mean something only there: "org:regionala-samverkansradet@region:22".
    """
    slug = f"org:{organisation_slug(name) or 'unnamed'}"
    return f"{slug}@{scope}" if scope else slug
