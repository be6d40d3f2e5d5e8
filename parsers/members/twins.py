"""The twin towns of the page's owner."""

from collections.abc import Iterator

from parsers.names.page_names import Names
from schemas.facts import Evidence, Membership


def find_twin_towns(names: Names) -> Iterator[Membership]:
    """Each town that the page names with its country as a twin of its owner: partners by agreement, once each."""
    text, seen = names.document.text, set[str]()
    for mention in names.mentions:
        if mention.method != "twin_town" or mention.organisation_id in seen or not names.owner_id:
            continue
        seen.add(mention.organisation_id)
        start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
        end = end if end >= 0 else len(text)
        yield Membership(names.owner_id, mention.organisation_id, "partner", Evidence(text[start:end], start, end, "twin_town", 0.75))
