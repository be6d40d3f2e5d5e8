"""Who we say we are."""

import pytest

from schemas.errors import UsageError
from spiders.identity import make_user_agent


@pytest.mark.parametrize("contact", ["drift@lillaedet.se", " drift@example.org ", "https://example.org/robot", "http://example.org"])
def test_a_contact_stands_in_the_user_agent(contact: str) -> None:
    assert make_user_agent("samverkan/0.1", contact) == f"samverkan/0.1 (+{contact.strip()})"


@pytest.mark.parametrize(
    "contact", [None, "", "  ", "webmaster", "drift@", "@ale.se", "a b@ale.se", "https://", "ftp://a.se", "x@a.se\r\nHost: y"]
)
def test_no_contact_no_crawl(contact: str | None) -> None:
    with pytest.raises(UsageError, match="SAMVERKAN_CONTACT"):
        make_user_agent("samverkan/0.1", contact)
