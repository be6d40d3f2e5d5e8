"""What a page shows and the parsers do not understand is told, under a stable code."""

import pytest

from tests.parsers.construction_cases import read_html

TABLE = "<table><tr><th>Kommun</th><th>Roll</th></tr><tr><td>Ale</td><td>{}</td></tr><tr><td>Lerum</td><td>Medlem</td></tr></table>"
UNDERSTOOD = [
    "<h2>Medlemmar i Kommunalförbundet Havet</h2><ul><li>Ale</li><li>Lerum (värdkommun)</li><li>Tjörn (adjungerad)</li></ul>",
    "<p>Ale, Lerum och Tjörn ingår inte längre i Kommunalförbundet Havet.</p>",
    "<h2>Samarbetet Havet</h2>" + TABLE.format("Värdkommun"),
    "<p>Ale och Lerum ligger nära Kommunalförbundet Havets kontor.</p>",
    "<p>Nästa möte: 3 maj 2026</p><p>Avtalstid:</p><p>2020–2024</p><p>Mötesplats: Ale</p>",
]


@pytest.mark.parametrize(
    ("html", "code", "value"),
    [
        (
            "<h2>Länkar</h2><ul><li>Ale kommun</li><li>Lerums kommun</li><li>Tjörns kommun</li></ul>",
            "names_not_related",
            "Ale kommun, Lerums",
        ),
        ("<p>Samarbetet Havet berör kusten där Ale, Lerum och Tjörn ligger.</p>", "names_not_related", "Ale, Lerum, Tjörn"),
        ("<h2>Samarbetet Havet</h2>" + TABLE.format("Observatör"), "role_unknown", "Observatör"),
        ("<h2>Medlemmar i Kommunalförbundet Havet</h2><ul><li>Ale (associerad)</li><li>Lerum</li></ul>", "role_unknown", "associerad"),
        ("<p>Nästa möte: meddelas senare</p>", "date_label_without_date", "Nästa möte: meddelas senare"),
        ("<p>Avtalstid:</p><p>Kontakta oss.</p>", "date_label_without_date", "Avtalstid:"),
    ],
)
def test_what_is_not_understood_is_told(html: str, code: str, value: str) -> None:
    issues = [issue for issue in read_html(html).issues if issue.code == code]
    assert [issue.severity for issue in issues] == ["info"]
    assert (issues[0].value or "").startswith(value)


@pytest.mark.parametrize("html", UNDERSTOOD)
def test_what_is_understood_is_no_issue(html: str) -> None:
    assert not [issue.code for issue in read_html(html).issues]


def test_a_member_with_an_unknown_role_is_kept() -> None:
    reading = read_html("<h2>Samarbetet Havet</h2>" + TABLE.format("Observatör"))
    assert [fact.member_id for fact in reading.members] == ["kommun:1440", "kommun:1441"]
