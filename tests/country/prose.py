"""The text of pages: what a collaboration page states of its body, and what ordinary pages say of anything."""

from collections.abc import Iterator
from html import escape
from random import Random

from tests.country.addresses import slug
from tests.country.bodies import place_of
from tests.country.model import Body, Page, Site, load_words

NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
TEMPTING = 0.12
"""The share of ordinary pages with a sentence that sounds like collaboration and is none."""


def write_prose(site: Site, page: Page) -> Iterator[str]:
    """The page's own paragraphs and headings as HTML."""
    random = Random(f"{site.seed}/prose/{page.number}")
    if page.body:
        yield from write_body(random, site, page.body)
    else:
        yield from write_ordinary(random, site, page.title)


def write_body(random: Random, site: Site, body: Body) -> Iterator[str]:
    """What a collaboration page says: its sentences with the members, a list of them, more about the body."""
    sentences = [escape(text.format(**fields_of(random, site, body))) for text in load_words("bodies")[body.kind]["text"]]
    yield f'<p class="lead">{sentences[0]}</p>'
    yield paragraph(sentences[1:])
    if body.kind not in ("agreement", "regional_company") and random.random() < 0.5:
        yield "<h2>Medlemmar</h2>" if random.random() < 0.5 else "<h2>Kommuner som ingår</h2>"
        yield "<ul>" + "".join(f"<li>{escape(member.name)}</li>" for member in body.members) + "</ul>"
    yield f"<h2>{random.choice(load_words('prose')['headings'])}</h2>"
    yield paragraph(draw_sentences(random, 3))


def fields_of(random: Random, site: Site, body: Body) -> dict[str, str]:
    """What the slots of bodies.toml stand for."""
    *most, last = [place_of(member) for member in body.members]
    return {
        "x": body.name,
        "o": site.owner.name,
        "k": f"{', '.join(most)} och {last}",
        "n": NUMBERS[len(body.members)],
        "v": body.host.name,
        "y": str(random.randint(1996, 2024)),
    }


def write_ordinary(random: Random, site: Site, title: str) -> Iterator[str]:
    """A lead and three to six paragraphs, half of them under a heading."""
    words = load_words("prose")
    yield f'<p class="lead">{escape(random.choice(words["lead"]).format(t=title.lower(), o=site.owner.name))}</p>'
    for heading in random.sample(words["headings"], random.randint(3, 6)):
        if random.random() < 0.5:
            yield f"<h2>{heading}</h2>"
        yield paragraph(draw_sentences(random, random.randint(2, 5)))
    if random.random() < TEMPTING:
        yield paragraph([random.choice(words["tempting"])])


def draw_sentences(random: Random, count: int) -> list[str]:
    """Ordinary sentences."""
    words = load_words("prose")
    return [text.format(p=random.choice(words["streets"])) for text in random.sample(words["sentences"], count)]


def paragraph(sentences: list[str]) -> str:
    """The sentences as a paragraph of HTML."""
    return f"<p>{' '.join(sentences)}</p>"


def draw_contact(random: Random, site: Site) -> dict[str, str]:
    """The fields of a contact card: an invented person at a number that is kept free for fiction."""
    words = load_words("prose")
    first, last = random.choice(words["first_names"]), random.choice(words["last_names"])
    phone = random.choice(words["phones"]).format(n=random.randint(0, 99))
    email = f"{slug(first)}.{slug(last)}@{mail_domain(site)}"
    return {"name": f"{first} {last}", "role": random.choice(words["roles"]), "phone": phone, "email": email}


def mail_domain(site: Site) -> str:
    """A domain that is kept free for examples."""
    return f"{slug(site.owner.place or site.owner.name)}.example"
