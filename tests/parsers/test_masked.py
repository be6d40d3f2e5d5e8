"""E-mail addresses hidden from robots: every way that a reader sees through, none that is no address."""

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.masked import decode_cloudflare, turn_letters, uncrypt
from parsers.page.walk import read_document
from schemas.facts import Contact
from tests.parsers.test_contacts import contacts

ADDRESS = "eva.ekdal@granvik.se"


def encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


TURNED = turn_letters(f"mailto:{ADDRESS}", 2)
CLOUDFLARE = "2a" + "".join(f"{ord(letter) ^ 0x2A:02x}" for letter in ADDRESS)
JOOMLA = """<span id="cloak39271">This email address is being protected from spambots. You need JavaScript enabled to view it.</span>
<script type="text/javascript">
document.getElementById('cloak39271').innerHTML = '';
var prefix = '&#109;a' + 'i&#108;' + '&#116;o';
var path = 'hr' + 'ef' + '=';
var addy39271 = '&#101;v&#97;.&#101;kd&#97;l' + '&#64;';
addy39271 = addy39271 + 'gr&#97;nv&#105;k' + '&#46;' + 's&#101;';
document.getElementById('cloak39271').innerHTML += '<a ' + path + '\\'' + prefix + ':' + addy39271 + '\\'>'+addy39271+'<\\/a>';
</script>"""
LETTERS = "".join(dict.fromkeys(ADDRESS))
PLACES = "".join(chr(48 + LETTERS.index(letter)) for letter in ADDRESS)
ENCODER = (
    f'<span id="eeb-1"></span><script>(function(){{var ml="{LETTERS}",mi="{PLACES}",o="";for(var j=0;j<mi.length;j++)'
    '{o+=ml.charAt(mi.charCodeAt(j)-48);}document.getElementById("eeb-1").innerHTML = decodeURIComponent(o);}())</script>'
)

MASKED = {
    "TYPO3, script": f"<a href=\"javascript:linkTo_UnCryptMailto('{TURNED}');\">Mejla</a>",
    "TYPO3, attributes": f'<a href="#" data-mailto-token="{TURNED}" data-mailto-vector="2">Mejla</a>',
    "Cloudflare, span": f'<span class="__cf_email__" data-cfemail="{CLOUDFLARE}">[email&#160;protected]</span>',
    "Cloudflare, link": f'<a href="/cdn-cgi/l/email-protection#{CLOUDFLARE}">Mejla</a>',
    "WordPress, rot13": '<a href="javascript:;" data-enc-email="rin.rxqny[at]tenaivx.fr">Mejla Eva</a>',
    "WordPress, script": ENCODER,
    "Joomla 3": JOOMLA,
    "Joomla 4": f'<joomla-hidden-mail first="{encode("eva.ekdal")}" last="{encode("granvik.se")}">This email address is being protected'
    "</joomla-hidden-mail>",
    "halves in attributes": '<span data-user="eva.ekdal" data-domain="granvik.se"></span>',
    "three parts in attributes": '<a href="#" data-name="eva.ekdal" data-domain="granvik" data-tld="se"></a>',
    "reversed halves": '<span data-user="ladke.ave" data-domain="es.kivnarg"></span>',
    "base64": f'<a href="#" data-email="{encode(ADDRESS)}">Visa e-post</a>',
    "right to left, style": '<span style="unicode-bidi:bidi-override; direction: rtl;">es.kivnarg@ladke.ave</span>',
    "right to left, tag": '<bdo dir="rtl">es.kivnarg@ladke.ave</bdo>',
    "written, variables": """<script>var u="eva.ekdal"; var d='granvik.se'; document.write('<a href="mailto:'+u+'@'+d+'">');</script>""",
    "written, codes": f"<script>document.write(String.fromCharCode({','.join(str(ord(letter)) for letter in ADDRESS)}))</script>",
    "written, escaped": "<script>document.write(unescape('%3Ca%20href%3D%22mailto%3Aeva.ekdal%40granvik.se%22%3EMejla%3C%2Fa'))</script>",
    "entities": '<a href="&#109;ailto:eva.ekdal&#64;granvik.se">e&#118;a.ekdal&#64;granvik.se</a>',
    "spelled dots": '<span class="u">eva [dot] ekdal</span> [at] <span class="d">granvik [dot] se</span>',
    "snabel a": "eva.ekdal (snabel a) granvik.se",
    "spaces": "eva.ekdal @ granvik.se",
    "pictured sign": 'eva.ekdal<img src="at.gif" alt="@">granvik.se',
    "a trap inside": 'eva.ekdal<span style="display:none">nospam</span>@granvik.se',
}


def card(html: str) -> list[Contact]:
    return contacts(f"<h2>Kontakt</h2><p>Eva Ekdal<br>Projektledare<br>{html}</p>")


@pytest.mark.parametrize("html", MASKED.values(), ids=MASKED)
def test_a_masked_address_is_read(html: str) -> None:
    assert [(found.person, found.role, found.email) for found in card(html)] == [("Eva Ekdal", "Projektledare", ADDRESS)]


@pytest.mark.parametrize(
    "html",
    [
        "<a href=\"javascript:openMap('ocknvq')\">Karta</a>",
        '<a href="#" data-mailto-token="abc" data-mailto-vector="1">Mejla</a>',
        '<span data-user="42" data-domain="kartan"></span>',
        '<a href="/s" data-email="true">Prenumerera</a>',
        '<bdo dir="rtl">ladkE avE</bdo>',
        "<script>var a = 'info' + '@' + 'granvik.se';</script>",  # puts it together and writes it nowhere
        "<script>document.write('<img src=' + 'logo@2x.png' + '>')</script>",
        "<script>document.write('a@granvik.se b@granvik.se')</script>",  # whose it would be is not clear
        "Vi ses @ granvik.se",
        '<joomla-hidden-mail first="%%" last="">x</joomla-hidden-mail>',
    ],
)
def test_what_hides_no_address_gives_none(html: str) -> None:
    assert [found.email for found in card(html)] == [None]


def test_a_container_with_an_address_in_its_attributes_keeps_what_is_in_it() -> None:
    document = read_document('<div data-email="bo@granvik.se"><p>Eva Ekdal</p></div><p>Bo</p>')
    assert document is not None
    assert document.text == "Eva Ekdal\nBo"


def test_a_link_keeps_its_words_and_a_span_shows_the_address() -> None:
    document = read_document(f"<p>{MASKED['TYPO3, script']} {MASKED['Cloudflare, span']}.</p>")
    assert document is not None
    assert document.text == f"Mejla {ADDRESS}."


def parts() -> Iterator[str]:
    yield from ("<p>", "</p>", "document.write(", "'", '"', "+", "a@b.se", "<script>", "</script>", "data-user=", "&#64;", "\\x", "\\u00")
    yield from ("String.fromCharCode(1114112,64)", 'var ml="ab",mi="09"', "unescape('%')", "innerHTML", '<a data-enc-email="')


@given(st.lists(st.one_of(st.sampled_from(list(parts())), st.text(max_size=5))).map("".join))
def test_no_masks_make_the_reading_fail(html: str) -> None:
    read_document(f"<body>{html}</body>")


@given(st.text(max_size=30), st.integers(-30, 30))
def test_turning_back_gives_the_text_again(text: str, places: int) -> None:
    assert turn_letters(turn_letters(text, places), -places) == text


@given(st.text(max_size=30))
def test_only_what_turns_into_a_target_is_one(text: str) -> None:
    assert uncrypt(text) == "" or uncrypt(text).startswith("mailto:")
    assert "\0" not in decode_cloudflare("zz" + text)
