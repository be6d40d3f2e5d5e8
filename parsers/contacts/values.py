"""Telephone numbers, e-mails and addresses of a block, also those that only the targets of its links state."""

import re
from collections.abc import Iterator

from parsers.contacts.parts import Part
from parsers.page.document import Block, Inline
from parsers.page.masked import read_mask
from schemas.values.address import find_addresses
from schemas.values.email import find_emails, read_email
from schemas.values.phone import find_phones, read_phone

_DIGIT = re.compile("[0-9]")  # "Trädgårdsgatan 6" has one only
# A number after one of these is not for calling: "Fax 0455-30 30 30", "Bankgiro: 5423-8837", "Org.nr 212000-0829".
_EMAIL_SIGN = re.compile(r"[@(\[{]|snabel")  # one of which each address holds, masked ones too
_NOT_FOR_CALLING = re.compile(
    r"(?:fax(?:nummer|nr)?|giro|\b[bp]g|swish|org\.?[- ]?n(?:umme)?r|organisationsnummer|dnr|diarienummer|iban|gln)"
    r"[\s.:–-]*(?:nr|nummer)?[\s.:–-]*$",
    re.IGNORECASE,
)


def find_values(block: Block) -> Iterator[Part]:
    """The numbers, e-mails and addresses of a block, those in the targets of its links too; fax and giro numbers are left out."""
    text, offset = block.text, block.start
    taken: list[tuple[int, int]] = []
    for start, end, email in find_emails(text) if _EMAIL_SIGN.search(text) else ():
        taken.append((start, end))
        yield Part("email", start + offset, end + offset, email)
    if has_digits(text):
        for start, end, phone in find_phones(text):
            taken.append((start, end))
            other = _NOT_FOR_CALLING.search(text, max(0, start - 30), start)
            yield Part("other" if other else "phone", (other.start() if other else start) + offset, end + offset, phone)
        for start, end, address in find_addresses(text):
            if not any(start < e and s < end for s, e in taken):
                yield Part("address", start + offset, end + offset, str(address), address)
    yield from find_link_values(block, taken)


def has_digits(text: str) -> bool:
    """Whether a text holds a digit."""
    return _DIGIT.search(text) is not None


def find_link_values(block: Block, taken: list[tuple[int, int]]) -> Iterator[Part]:
    """What only the target of a link states: `mailto:`, `tel:` and the addresses that Cloudflare hides."""
    for link in block.inlines:
        if link.tag != "a" or any(link.start - block.start < end and start < link.end - block.start for start, end in taken):
            continue
        kind, value = read_link(link)
        if value:
            yield Part(kind, link.start, link.end, value, is_markup=True)


def read_link(link: Inline) -> tuple[str, str | None]:
    """The number or e-mail in a link's target; ("", None) where it leads elsewhere."""
    href = link.href
    scheme = href[:7].casefold()
    if scheme == "mailto:":
        return "email", read_email(href)
    if scheme.startswith("tel:"):
        before = "".join(link.element.xpath("preceding-sibling::text()[1]"))
        return "phone", None if _NOT_FOR_CALLING.search(before) else read_phone(href)
    is_elsewhere = href.startswith(("http", "/")) and "/cdn-cgi/" not in href
    return "email", None if is_elsewhere else read_mask(link.element) or next(filter(None, map(read_mask, link.element)), None)
