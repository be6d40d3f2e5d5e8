"""Pages that answer 200 without being there, and real pages that only look like them."""

from pathlib import Path

import pytest

from parsers.page.walk import read_document
from parsers.page.walls import find_wall
from tests.parsers.test_reading import read_bytes

HERE = Path(__file__).parent.parent
ANNOTATED = sorted(page for folder in ("pages", "independent") for page in HERE.glob(f"{folder}/*/page.html"))
NAVIGATION = "<nav>" + "".join(f'<a href="/sida{number}">Sida {number}</a>' for number in range(30)) + "</nav>"
BANNER = '<div class="cookie-banner"><h2>Vi använder kakor</h2><p>Läs om kakor.</p><button>Godkänn alla</button></div>'
FACTS = "<p>SOLTAK AB ägs av Stenungsunds kommun, Lilla Edets kommun, Tjörns kommun och Kungälvs kommun.</p>"
PASSWORD = '<form><input name="u"><input type="password"><button>Logga in</button></form>'


def code_of(html: str) -> str | None:
    """The code that a page's text gets for not being there."""
    document = read_document(html)
    assert document is not None
    issue = find_wall(document)
    return issue.code if issue else None


@pytest.mark.parametrize(
    "heading",
    [
        "Sidan finns inte", "Sidan saknas", "Sidan kunde inte hittas", "Sidan hittades inte", "Sidan kan inte hittas", "404", "Fel 404",
        "404 – Sidan finns inte", "404 sidan hittades inte", "Oj! Sidan finns tyvärr inte kvar.", "Hoppsan, sidan kunde inte hittas!",
        "Sidan du söker finns inte längre", "Den här sidan finns inte på vår webbplats", "Vi hittar inte sidan du söker",
        "Vi kan tyvärr inte hitta sidan", "Webbsidan kunde inte visas", "Sidan är borttagen", "Page not found", "404 Not Found",
        "The page you requested could not be found", "Ingen sida hittades", "Statuskod: 404", "Felkod: 404",
    ],
)  # fmt: skip
def test_a_page_that_calls_itself_missing_is_a_soft_404(heading: str) -> None:
    more = f"{NAVIGATION}<main><h1>{heading}</h1><p>Den kan ha flyttats. Använd sökfunktionen eller gå till startsidan.</p></main>"
    assert code_of(f"<title>Ale kommun</title><body>{more}") == "soft_404"
    assert code_of(f"<title>{heading} | Ale kommun</title><body>{NAVIGATION}<main><h1>Ale kommun</h1><p>Sök här.</p></main>") == "soft_404"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Sidan finns inte.</p>",
        f"{NAVIGATION}<main><p>Sidan du sökte hittades inte.</p></main>",
        f'{NAVIGATION}<main><div class="alert alert-warning"><p>Sidan saknas</p></div></main>',
    ],
    ids=["a lone line", "a lone line in its chrome", "a box that is chrome elsewhere"],
)
def test_a_page_without_headings_is_a_soft_404_by_its_lone_line(body: str) -> None:
    assert code_of(f"<title>Ale kommun</title><body>{body}") == "soft_404"


@pytest.mark.parametrize(
    "html",
    [
        "<title>Ale kommun</title><h1>Vi använder kakor</h1><p>Välj vilka.</p><button>Godkänn alla</button>",
        f"<title>Ale kommun</title><body>{BANNER}",
        "<title>Cookies</title><h1>Denna webbplats använder cookies (kakor)</h1><h2>Nödvändiga</h2><p>x</p><h2>Statistik</h2><p>y</p>",
        "<h1>Du måste godkänna kakor för att fortsätta</h1>",
        "<title>Before you continue</title><p>We use cookies.</p>",
        "<title>Just a moment...</title><p>Checking your browser before accessing ale.se.</p>",
        "<title>ale.se</title><h1>Verifiera att du är människa</h1><p>Det kan ta några sekunder.</p>",
        "<title>ale.se</title><h1>Bekräfta att du inte är en robot</h1>",
        "<title>Ale kommun</title><noscript>Please enable JavaScript to view this page.</noscript><script>go()</script>",
        '<title>Ale</title><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>',
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
        f"<title>Ale kommun - Inloggning</title><h1>Välkommen</h1>{PASSWORD}",
        f"<title>Intranätet</title><h1>Logga in på intranätet</h1>{PASSWORD}",
        f"<title>Ale kommun</title>{NAVIGATION}<main><h1>Du måste logga in för att se den här sidan</h1></main>",
        "<title>Access denied</title><h1>Åtkomst nekad</h1>",
        "<title>Ale kommun</title><h1>Vi utför underhåll</h1><p>Vi är snart tillbaka.</p>",
        "<title>Ale kommun</title><h1>Webbplatsen är tillfälligt stängd för underhåll</h1>",
        "<title>Down for maintenance</title><p>Please come back later.</p>",
        "<title>503</title><h1>Service Unavailable</h1>",
    ],
)
def test_a_page_that_says_nothing_but_what_it_wants_is_walled(html: str) -> None:
    assert code_of(html) == "page_walled"


@pytest.mark.parametrize(
    "html",
    [
        f"<title>Samverkan | Ale kommun</title>{BANNER}<h1>Samverkan</h1>{FACTS}",
        f"<title>Samverkan</title><div><h2>Vi använder kakor</h2><p>Godkänn.</p></div><h2>Samverkan</h2>{FACTS}",
        f"<title>Samverkan</title><header>{PASSWORD}</header><h1>Samverkan</h1>{FACTS}",
        f"<title>Samverkan</title><h1>Samverkan</h1>{FACTS}<p>Sidan finns inte längre kvar.</p>",
        f"<title>Bolag</title><h1>Bolag</h1><p>Sidan finns inte</p><p>Sidan om bolaget finns inte längre.</p>{FACTS}",
        f"<title>Ale kommun</title><p>Sidan finns inte</p>{FACTS * 4}",
        f"<title>404 miljoner till vägar</title><h1>404 miljoner till vägar</h1>{FACTS}",
        f"<title>Sidan</title><h1>Så gör du när sidan inte finns</h1>{FACTS}",
        f"<title>Sidan finns inte</title><h1>Sidan finns inte</h1>{FACTS * 20}",
        f"<title>Kakor</title>{NAVIGATION}<main><h1>Vi använder kakor</h1><p>En kaka är en liten fil.</p></main>",
        f"<title>Underhåll</title>{NAVIGATION}<main><h1>Planerat underhåll</h1><p>Vattnet stängs av på Storgatan i dag.</p></main>",
        f"<title>Logga in</title>{NAVIGATION}<main><h1>Logga in</h1><p>Här är länkar till våra e-tjänster.</p></main>",
        f"<title>Samverkan</title><h1>Samverkan</h1>{FACTS}<noscript>Please enable JavaScript.</noscript>",
        "<title>Är du vårdnadshavare?</title><h1>Är du vårdnadshavare?</h1><p>Ansök här.</p>",
    ],
)
def test_a_real_page_is_there(html: str) -> None:
    assert code_of(html) is None


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda page: page.parent.name)
def test_no_annotated_page_is_taken_for_a_wall(page: Path) -> None:
    assert code_of(page.read_text("utf-8", "replace")) is None


def test_a_reading_tells_of_the_wall_and_of_nothing_else() -> None:
    reading = read_bytes(f"<title>Ale kommun</title><body>{BANNER}".encode(), None)
    assert [(issue.code, issue.value) for issue in reading.issues] == [("page_walled", "Vi använder kakor")]
