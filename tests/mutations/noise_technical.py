"""Noise that no reader of a page sees: tokens, hashes, scripts, spelling of the markup."""

import re

from tests.mutations.dice import Dice
from tests.mutations.markup import ATTRIBUTE, TOKEN, map_tags, map_texts
from tests.mutations.places import insert

INTERNAL = re.compile(r"(href=[\"'])(/[^\"'?#]*)(?=[\"'?#])")
ASSET = re.compile(r"((?:src|href)=[\"'][^\"']+\.(?:css|js|png|jpe?g|svg|gif))(?:\?[^\"']*)?([\"'])", re.IGNORECASE)
LONG_HEX = re.compile(r"(?<=[_.\-/=\"'])[0-9a-f]{12,}(?=[\"'_/.\s;?&-])")
NAMED = {
    "å": "aring",
    "ä": "auml",
    "ö": "ouml",
    "Å": "Aring",
    "Ä": "Auml",
    "Ö": "Ouml",
    "é": "eacute",
    "–": "ndash",
    "§": "sect",
    "\xa0": "nbsp",
}
NONCE = re.compile(r"\s+nonce=[\"'][^\"']*[\"']")
LONG_WORD = re.compile(r"(?<![&#\w/@.:-])[a-zåäöA-ZÅÄÖ]{9,}(?![\w;@./:-])")


def change_nonces(html: str, dice: Dice) -> str:
    """Content-Security-Policy gives every script of every answer another nonce."""
    nonce = f"{dice.hex()[:8]}-c275-11f1-b819-{dice.hex()}"
    return re.sub(r"<script\b", f'<script nonce="{nonce}"', NONCE.sub("", html), flags=re.IGNORECASE)


def change_csrf_tokens(html: str, dice: Dice) -> str:
    """Forms and scripts carry a token of the visit: __RequestVerificationToken, csrf-token, sv.csrfToken."""
    token = dice.hex() + dice.hex()
    html = re.sub(r"csrfToken:'[^']*'", f"csrfToken:'{token}'", html)
    hidden = f'<input type="hidden" name="__RequestVerificationToken" value="{token}">'
    return insert(re.sub(r"(<form\b[^>]*>)", rf"\1{hidden}", html), f'<meta name="csrf-token" content="{token}">', "head")


def add_session_ids(html: str, dice: Dice) -> str:
    """Some servers write the visit into their links: ;jsessionid=, ?PHPSESSID=, ?sv.target=."""
    session = dice.choice((";jsessionid={}", "?PHPSESSID={}", "?sid={}", "?sv.session={}")).format(dice.hex().upper())
    return INTERNAL.sub(lambda found: found[1] + found[2] + (session if dice.random() < 0.5 else ""), html)


def change_asset_hashes(html: str, dice: Dice) -> str:
    """A new build of the site: main.css?v=8f3a, SiteVision's /2.<site>/<epoch>/ paths."""
    html = ASSET.sub(lambda found: f"{found[1]}?v={dice.hex()[:8]}{found[2]}", html)
    return re.sub(r"/\d{13}/", lambda _: f"/{dice.epoch()}/", html)


def change_ids(html: str, dice: Dice) -> str:
    """Portlets and components get other ids with each build: svid12_3f..., :r1a:, data-reactid."""
    renamed: dict[str, str] = {}
    html = LONG_HEX.sub(lambda found: renamed.setdefault(found[0], dice.hex()), html)
    return map_tags(
        html,
        lambda tag, rest: (
            f'<{tag}{rest.rstrip("/ ")} data-reactid="{dice.hex()[:4]}">'
            if dice.random() < 0.2 and tag in ("div", "p", "li")
            else f"<{tag}{rest}>"
        ),
    )


def change_scripts(html: str, dice: Dice) -> str:
    """Analytics, state of components, times of rendering."""
    headline = dice.fill("$headline")
    script = dice.choice(
        (
            f"<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{'ts':{dice.epoch()},'visit':'{dice.hex()}'}});</script>",
            f'<script id="__NEXT_DATA__" type="application/json">{{"buildId":"{dice.hex()}","rendered":"{dice.iso()}"}}</script>',
            f"<script>AppRegistry.registerInitialState('12.{dice.hex()}',{{'t':'{headline}'}});</script>",
            f'<noscript><img src="https://stats.example.se/matomo.php?rand={dice.epoch()}" alt=""></noscript>',
        )
    )
    return insert(html, script, dice.choice(("head", "bottom", "end")))


def change_styles(html: str, dice: Dice) -> str:
    """Critical CSS set into the page, and widths on wrappers."""
    html = insert(html, f"<style>.c-{dice.hex()}{{margin:{dice.small()}px}}</style>", dice.choice(("head", "end")))
    return map_tags(
        html,
        lambda tag, rest: (
            f'<{tag}{rest} style="margin-top:{dice.small()}px">'
            if tag in ("div", "ul", "section") and "style" not in rest
            else f"<{tag}{rest}>"
        ),
    )


def add_comments(html: str, dice: Dice) -> str:
    """What caches and templates leave behind: <!-- WP Rocket, cached @1763 -->, <!-- Rubrik -->, conditional comments."""
    comments = (
        f"<!-- This website is like a Rocket, isn't it? cached@{dice.epoch()[:10]} -->",
        f"<!-- {dice.clock()} server{dice.small()} {dice.hex()} -->",
        "<!--[if lt IE 9]><p>Du använder en gammal webbläsare.</p><![endif]-->",
        "<!-- START: innehåll -->",
    )
    for where in ("bottom", "start", "end", "title"):
        html = insert(html, dice.choice(comments), where) if dice.random() < 0.6 else html
    return html


def change_attribute_order(html: str, dice: Dice) -> str:
    """Another template engine writes attributes in another order, in other quotes, and closes empty elements as XHTML does."""
    slash = dice.choice(("", " /"))

    def rewrite(tag: str, rest: str) -> str:
        pairs = [(name, value) for name, value in ATTRIBUTE.findall(rest)]
        dice.shuffle(pairs)
        words = "".join(f" {name}={value}" if value else f" {name}" for name, value in pairs)
        return f"<{tag}{words}{slash if tag.lower() in ('br', 'img', 'meta', 'link', 'hr') else ''}>"

    return map_tags(html, rewrite)


def spell_entities(html: str, dice: Dice) -> str:
    """The same letter as itself, as &aring;, &#229; or &#xE5;."""
    forms = dice.sample(("{0}", "&{1};", "&#{2};", "&#x{2:X};"), 2)

    def spell(letter: str) -> str:
        return dice.choice(forms).format(letter, NAMED[letter], ord(letter)) if letter in NAMED else letter

    def respell(text: str) -> str:
        for letter, name in NAMED.items():
            text = text.replace(f"&{name};", letter)
        return "".join(spell(letter) for letter in text)

    return map_texts(html, respell)


def change_whitespace(html: str, dice: Dice) -> str:
    """Another indentation, lines broken elsewhere, no-break spaces from an editor's word processor."""
    gaps = ("\n        ", "  ", " ", "\n", "\t")

    def respace(text: str) -> str:
        return re.sub(r"[ \n\t\r]+", lambda found: dice.choice(gaps) if dice.random() < 0.3 else found[0], text)

    def harden(text: str) -> str:
        return re.sub(r"(?<=\S) (?=\S)", lambda _: dice.choice(("&nbsp;", "&#160;", " ")) if dice.random() < 0.1 else " ", text)

    return map_texts(html, dice.choice((respace, harden)))


def add_soft_hyphens(html: str, dice: Dice) -> str:
    """Long words are given places to break: Samordnings&shy;förbundet, or <wbr> in headings."""
    mark = dice.choice(("&shy;", "\xad", "&#173;"))
    return map_texts(
        html, lambda text: LONG_WORD.sub(lambda found: found[0][:5] + mark + found[0][5:] if dice.random() < 0.3 else found[0], text)
    )


def add_inline_spans(html: str, dice: Dice) -> str:
    """Editors' tools wrap words in spans that change nothing: <span style="...">, <font>."""
    start = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
    at = found.end() if (found := start.search(html)) else 0
    tag = dice.choice(('span style="font-size:1rem"', "span", 'span lang="sv"', "font"))

    def wrap(token: re.Match[str]) -> str:
        text = token[0]
        if not token["text"] or not text.strip() or dice.random() > 0.15:
            return text
        return f"<{tag}>{text}</{tag.split()[0]}>"

    return html[:at] + TOKEN.sub(wrap, html[at:])


def change_image_addresses(html: str, dice: Dice) -> str:
    """Pictures load lazily, in other sizes: srcset, loading, width in the address."""
    extra = f' loading="lazy" srcset="/img/{dice.hex()}-320.jpg 320w, /img/{dice.hex()}-640.jpg 640w"'
    return map_tags(html, lambda tag, rest: f"<{tag}{rest.rstrip('/ ')}{extra}>" if tag.lower() == "img" else f"<{tag}{rest}>")


TECHNICAL = (
    change_nonces, change_csrf_tokens, add_session_ids, change_asset_hashes, change_ids, change_scripts, change_styles, add_comments,
    change_attribute_order, spell_entities, change_whitespace, add_soft_hyphens, add_inline_spans, change_image_addresses,
)  # fmt: skip
