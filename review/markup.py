"""Elements for pages and feeds. Whatever text goes in is text when it comes out: escaped, and without control characters."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from lxml import etree

from review.plain import drop_control, fit_address

Element: TypeAlias = etree._Element
Child: TypeAlias = Element | str | None
Item = TypeVar("Item")


def tag(name: str, /, *children: Child | Iterable[Child], **attributes: str | None) -> Element:
    """An element with its children in order; what is None is left out. `class_` stands for `class`."""
    given = {key.rstrip("_"): drop_control(value) for key, value in attributes.items() if value is not None}
    element = etree.Element(name, given)
    for child in children:
        for part in [child] if child is None or isinstance(child, str | etree._Element) else child:
            _append(element, part)
    return element


def link(url: str | None, words: str) -> Element:
    """A link into the web that tells the site there nothing; only the words where the address is none of the web."""
    address = fit_address(url)
    return tag("a", words, href=address, rel="noopener noreferrer nofollow") if address else tag("span", words)


def write_html(element: Element) -> str:
    """The element as HTML."""
    return str(etree.tostring(element, encoding="unicode", method="html"))


class Room:
    """How much may still be written before the page is too large; what does not fit is counted."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.left_out = 0

    def fit(self, write: Callable[[Item], Element], items: Iterable[Item]) -> Iterator[Element]:
        """The elements of the items up to the first that does not fit; the others are not even made."""
        for item in items:
            element = None if self.left_out else write(item)
            size = 0 if element is None else len(write_html(element).encode())
            if element is None or size > self.left:
                self.left_out += 1
            else:
                self.left -= size
                yield element


def _append(element: Element, child: Child) -> None:
    if child is None:
        return
    if isinstance(child, etree._Element):
        element.append(child)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + drop_control(child)
    else:
        element.text = (element.text or "") + drop_control(child)
