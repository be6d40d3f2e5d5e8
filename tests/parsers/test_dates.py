"""Dates in the text: what they date, in which form, in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates.dates import find_dates
from parsers.page.walk import read_document
from schemas.facts import DatedFact, Issue
from schemas.values.edtf import is_edtf
from tests.parsers.date_pages import RegisteredNames, document_of

PIECES = st.sampled_from(
    ["<p>", "</p>", "<h2>", "Möten 2024:", "<li>", "</ul>", "<table><tr><td>", "<td>", "<br>", "<a href='x'>", " den ", "26 januari",
     "12/5", "2018", "2020-2023", "t.o.m. ", " bildades ", " senast ", ", ", " och ", "gäller ", ": ", ". ", "årsskiftet 2006/2007",
     "31 april", "29 februari", "vecka 13, "]
)  # fmt: skip


def facts_of(body: str, subject: str | None = None) -> list[DatedFact]:
    document = document_of(body)
    return [fact for fact in find_dates(document, RegisteredNames(document, subject)) if isinstance(fact, DatedFact)]


def dates_of(body: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.edtf) for fact in facts_of(body)]


@pytest.mark.parametrize(
    ("sentence", "kind", "edtf"),
    [
        ("Förbundet bildades den 1 januari 1998 av sex kommuner.", "founded", "1998-01-01"),
        ("Nätverket har funnits sedan 2004.", "founded", "2004"),
        ("Verksamheten startade hösten 2012 som ett försök.", "founded", "2012"),
        ("Föreningen grundades redan år 1946.", "founded", "1946"),
        ("En gemensam nämnd inrättas den 1 juli år 2019.", "founded", "2019-07-01"),
        ("Samarbetet inleddes 2003 mellan två kommuner.", "founded", "2003"),
        ("Bolaget drog i gång i januari 2015.", "founded", "2015-01"),
        ("The network was founded in 1998.", "founded", "1998"),
        ("2012 blev räddningstjänsten ett eget kommunalförbund.", "founded", "2012"),
        ("Den 3 maj 2012 blev Ale medlem i Södra Granlands kommunalförbund.", "since", "2012-05-03"),
        ("2012 blev föreningen ett kommunalförbund med sex medlemmar.", "founded", "2012"),
        ("Anmäl dig senast 4/5.", "deadline", "XXXX-05-04"),
        ("Ale kommun är medlem sedan den 1 januari 2010.", "since", "2010-01-01"),
        ("Tillsynen sköts från Kungälv från och med den 15 mars 2021.", "since", "2021-03-15"),
        ("Nämnden är gemensam sedan 2015-01-01.", "since", "2015-01-01"),
        ("Tjörns kommun blev medlem i förbundet 2012.", "since", "2012"),
        ("År 2012 gick Tjörns kommun med.", "since", "2012"),
        ("Vid årsskiftet 2011/2012 tog förbundet över driften.", "since", "2012-01-01"),
        ("Avtalet gäller från och med den 1 januari 2022 till och med den 31 december 2025.", "valid", "2022-01-01/2025-12-31"),
        ("Avtalet gäller från 2022 och förlängs ett år i taget.", "valid", "2022/.."),
        ("Överenskommelsen löper ut 2024.", "valid", "../2024"),
        ("Samverkansavtalet gäller t.o.m. september 2025.", "valid", "../2025-09"),
        ("Handlingsprogram för åren 2022–2025", "valid", "2022/2025"),
        ("Under mandatperioden 2023–2026 är Ale värd.", "valid", "2023/2026"),
        ("Anna Berg (S), ordförande 2023-2024", "valid", "2023/2024"),
        ("Ordförande för 2024 är Anna Berg.", "valid", "2024"),
        ("Projektperiod: 1 januari 2019 – 31 december 2021", "valid", "2019-01-01/2021-12-31"),
        ("Styrelsen sammanträder den 4 maj kl. 13.", "meeting", "XXXX-05-04"),
        ("Rådet möttes tre gånger under 2018.", "meeting", "2018"),
        ("Frågan tas upp vid mötet i oktober.", "meeting", "XXXX-10"),
        ("Anmäl dig senast den 4 maj 2023!", "deadline", "2023-05-04"),
        ("Sista dag att söka är 15 april.", "deadline", "XXXX-04-15"),
        ("Ansökan är öppen till och med 31 mars.", "deadline", "XXXX-03-31"),
        ("Ansök före den 1 maj 2024.", "deadline", "2024-05-01"),
        ("Sista ansökningsdag: 2024-03-15", "deadline", "2024-03-15"),
        ("Avtalet undertecknades i Borås den 3 december 2019 och gäller i fyra år.", "event", "2019-12-03"),
        ("Kinda kommun lämnade förbundet den 1 april 2024.", "event", "2024-04-01"),
        ("Förbundet upphörde vid årsskiftet 2018/2019.", "event", "2019-01-01"),
        ("Utbildningen startade den 4 september 2020.", "event", "2020-09-04"),
        ("Antagen av fullmäktige 2019-05-13.", "event", "2019-05-13"),
        ("Redan 2006 enades kommunerna om en plan.", "event", "2006"),
        ("Den 12 maj 2017 hölls konferensen i Växjö.", "event", "2017-05-12"),
        ("Orust var med och startade bolaget men sålde sin del vid utgången av 2020.", "event", "2020-12-31"),
        ("Avtalet slöts mellan kommunerna redan 2009.", "since", "2009"),
        ("Natten mellan 15 och 16 september stängs bron.", "event", "XXXX-09-15/XXXX-09-16"),
        ("Avtalet upphör vid utgången av 2026.", "event", "2026-12-31"),
        ("Uppdraget gäller till utgången av 2026.", "valid", "../2026"),
        ("Gäller till och med: 31 december 2027", "valid", "../2027-12-31"),
        ("Beslutsdatum: 2023-08-24", "event", "2023-08-24"),
        ("Fullmäktige sa ja den 25 september.", "event", "XXXX-09-25"),
        ("Höganäs ansvarar under 2025 för arbetsgruppen.", "valid", "2025"),
        ("The agreement runs until the end of 2027.", "valid", "../2027"),
        ("Started in 2010.", "founded", "2010"),
        ("Deadline for applications: 15 March 2026.", "deadline", "2026-03-15"),
        ("Sunne har varit med från starten 2004.", "since", "2004"),
        ("Avtalet gäller 2023-01-01--2026-12-31.", "valid", "2023-01-01/2026-12-31"),
        ("Vattnet provtogs senast den 4 juni.", "event", "XXXX-06-04"),
        ("Malmö chairs the board in 2025.", "valid", "2025"),
        ("Malmö hosted its general conference on 14 October 2022.", "meeting", "2022-10-14"),
    ],
)
def test_date_is_of_the_kind_that_its_sentence_tells(sentence: str, kind: str, edtf: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{sentence}</p>") == [(kind, edtf)]


@pytest.mark.parametrize(
    ("sentence", "kind", "edtf"),
    [
        ("Uppgörelsen löper ut den 30 april 2028.", "valid", "../2028-04-30"),
        ("Mandatet är fyraårigt och det nuvarande går ut i oktober 2030.", "valid", "../2030-10"),
        ("Tillståndet gick ut 2024.", "valid", "../2024"),
        ("Planen gäller till den 30 juni 2026.", "valid", "../2026-06-30"),
        ("Ramavtalet sträcker sig till 15 maj 2029.", "valid", "../2029-05-15"),
        ("Avtalet om färdtjänst har förlängts till hösten 2027.", "valid", "../2027"),
        ("Hyresavtalet är tecknat till och med mars 2031.", "valid", "../2031-03"),
        ("Ordföranden är vald t.o.m. 2028.", "valid", "../2028"),
        ("Avtalet gäller fr.o.m. den 1 juli 2026 och tills vidare.", "valid", "2026-07-01/.."),
        ("The agreement expires on 31 May 2027.", "valid", "../2027-05-31"),
        ("Kallelsen går ut den 4 maj.", "event", "XXXX-05-04"),
        ("Inbjudan gick ut i mars 2024.", "event", "2024-03"),
        ("Avtalet är tecknat den 3 maj 2024.", "event", "2024-05-03"),
        ("Satsningen pågår 2024–2026.", "valid", "2024/2026"),
        ("Avtalet löper på tre år från den 1 januari 2025.", "valid", "2025-01-01/.."),
        ("Planen gäller från: 2025-01-01", "valid", "2025-01-01/.."),
        ("Taxan gäller från den 1 januari 2025.", "since", "2025-01-01"),
        ("Satsningen pågår april 2024–mars 2027.", "valid", "2024-04/2027-03"),
        ("Mandatperioden 2023–2026 har rådet femton ledamöter.", "valid", "2023/2026"),
        ("Arbetet pågår maj–juni 2024.", "event", "2024-05/2024-06"),
        ("Övningen pågår 4–5 maj 2024.", "event", "2024-05-04/2024-05-05"),
        ("Mellan den 3 mars och den 4 april 2025 har vi öppet bara till tolv.", "valid", "2025-03-03/2025-04-04"),
        ("Mellan den 3 mars och den 4 april 2025 är bron stängd.", "event", "2025-03-03/2025-04-04"),
    ],
)
def test_end_of_what_holds_is_no_event(sentence: str, kind: str, edtf: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{sentence}</p>") == [(kind, edtf)]


@pytest.mark.parametrize(
    ("sentence", "kind", "edtf"),
    [
        ("Utlysningen stänger 3 oktober 2026.", "deadline", "2026-10-03"),
        ("Anmälan stängdes i april 2024.", "event", "2024-04"),
        ("Simhallen stänger den 3 juni.", "event", "XXXX-06-03"),
        ("Please apply by 5 June 2026.", "deadline", "2026-06-05"),
        ("Send your reply no later than 5 June 2026.", "deadline", "2026-06-05"),
        ("The bridge was opened by 5 June 2026.", "event", "2026-06-05"),
        ("Underlaget ska vara hos kansliet den 3 oktober.", "deadline", "XXXX-10-03"),
        ("Svaret ska ha inkommit den 3 oktober.", "deadline", "XXXX-10-03"),
        ("Ansökningsperioden är 1 februari–31 mars 2031.", "deadline", "2031-02-01/2031-03-31"),
        ("Stödet går att söka till den 3 maj.", "deadline", "XXXX-05-03"),
        ("Kursen går att söka från den 3 maj.", "since", "XXXX-05-03"),
        ("Svaret lämnas senast den sista augusti 2031.", "deadline", "2031-08-31"),
        ("Nya lokaler ska vara klara den 3 oktober.", "event", "XXXX-10-03"),
    ],
)
def test_day_until_which_something_can_be_sent_is_a_deadline(sentence: str, kind: str, edtf: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{sentence}</p>") == [(kind, edtf)]


@pytest.mark.parametrize(
    ("sentence", "kind", "edtf"),
    [
        ("Vinterns möte hölls den 21 februari.", "meeting", "XXXX-02-21"),
        ("Nästa träff är den 9 oktober.", "meeting", "XXXX-10-09"),
        ("Nästa möte är i mitten av oktober.", "meeting", "XXXX-10"),
        ("Ale är medlem från årsskiftet 2026/2027.", "since", "2027-01-01"),
        ("Nästa möte är planerat till den 9 oktober 2027.", "meeting", "2027-10-09"),
        ("Mässan ägde rum den 9 oktober 2024.", "event", "2024-10-09"),
        ("Flytten är planerad till mars 2027.", "event", "2027-03"),
        ("Inflyttning tidigast 2031.", "event", "2031"),
        ("Direktionen 2023-02-14, § 12", "event", "2023-02-14"),
        ("Beslutat av: Regionfullmäktige 2022-06-20, § 4", "event", "2022-06-20"),
        ("Gruppen leds 2027 av Sotenäs kommun.", "valid", "2027"),
        ("Sammankallande under 2027 är chefen i Sotenäs.", "valid", "2027"),
        ("Nämnden tillstyrkte förslaget den 9 oktober 2024.", "event", "2024-10-09"),
        ("The agreement entered into force on 1 March 2026.", "since", "2026-03-01"),
        ("Kallelsen skickas den 9 oktober.", "event", "XXXX-10-09"),
        ("Effective from 1 March 2026 the office is in Luleå.", "since", "2026-03-01"),
    ],
)
def test_what_is_held_led_or_planned(sentence: str, kind: str, edtf: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{sentence}</p>") == [(kind, edtf)]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Protokoll 2017-11-27</p>",
        "<p>Protokoll från sammanträde 12 maj 2023</p>",
        "<p>Verksamhetsberättelse 2023</p>",
        '<p>Läs mer: <a href="/x.pdf">Minnesanteckningar från mötet 12 maj 2023</a></p>',
        "<p>Enligt lagen (2003:1210) samverkar vi.</p>",
        "<p>På 1990-talet började kommunerna samarbeta.</p>",
        "<p>Kommunen har 2020 invånare.</p>",
        "<p>Foto: Anna Berg 2019</p>",
        "<figure><figcaption>Torget i Ale 2019</figcaption></figure>",
        "<p>Vi arbetar mot visionen Göteborg 2035.</p>",
        "<h2>Planerade möten 2024</h2>",
        "<h2>Senaste nyheterna</h2><ul><li>12 maj 2024 Ny chef har utsetts</li></ul>",
        "<p>Senast uppdaterad: 4 januari 2024</p>",
        "<aside><h2>Kommande</h2><ul><li><time>14 okt</time> <a href='/kalender/2'>Styrelsemöte</a></li></ul></aside>",
        "<p>Kyrkan invigdes den 3 maj 1728.</p>",
        "<p>Ebba Lund (f. 1999) leder arbetet.</p>",
        "<p>Han föddes 1941 i Bohus.</p>",
        "<p>Öppet kl. 10.12 till 20.24 alla dagar.</p>",
        "<footer><p>© 2024 Förbundet har alla rättigheter</p></footer>",
    ],
)
def test_date_that_is_no_fact_of_the_page_is_left_out(body: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p>{body}") == []


def test_date_beside_the_heading_is_the_pages_own() -> None:
    assert dates_of("<h1>Nytt avtal</h1><p>3 juni 2015</p><p>Avtalet skrevs under i går.</p>") == []


def test_each_date_of_a_sentence_has_its_own_kind() -> None:
    assert dates_of("<p>Strategin antogs 2018 och gäller 2019-2025. Bolaget bildades 1998, och 2012 gick Ale med.</p>") == [
        ("event", "2018"), ("valid", "2019/2025"), ("founded", "1998"), ("since", "2012")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Sammanträdestider 2020</h2><ul><li>24 jan kl 9-15</li><li>Torsdag 16 april</li></ul>",
        "<h2>Sammanträdestider 2020</h2><p>• 24 jan kl 9-15<br>• 16 april</p>",
        "<p>Vi sammanträder så här under 2020:</p><table><tr><td>24 januari i Skara</td></tr><tr><td>16 april</td></tr></table>",
        "<table><tr><th>Sammanträde</th><th>Ort</th></tr><tr><td>2020-01-24</td><td>Skara</td></tr><tr><td>2020-04-16</td><td>Ale</td></tr></table>",
        "<p>Styrelsen sammanträder 24 januari och 16 april 2020.</p>",
        "<p>Sammanträdesdatum 2020: 24 januari, 16 april.</p>",
        "<p>Sammanträdesdagar 2020: 24/1, 16/4.</p>",
        "<p>Styrelsens möten under våren 2020: 24/1 kl. 9.00 och 16/4 kl. 13.00</p>",
        "<p>Under 2020 sammanträder direktionen 24 januari och 16 april.</p>",
        "<h2>Sammanträden 2020</h2><p>Fredagar kl. 9.00 om inget annat sägs: 24/1 (Skara), 16/4 (Ale).</p>",
    ],
)
def test_meetings_in_lists_take_the_year_that_stands_over_them(body: str) -> None:
    assert dates_of(f"<h1>Styrelsen</h1>{body}") == [("meeting", "2020-01-24"), ("meeting", "2020-04-16")]


@pytest.mark.parametrize(
    ("label", "value", "kind", "edtf"),
    [
        ("Projektperiod", "2023-10-01 – 2026-09-30", "valid", "2023-10-01/2026-09-30"),
        ("Project period", "1 April 2023 – 30 June 2026", "valid", "2023-04-01/2026-06-30"),
        ("Gäller", "fr.o.m. 1 januari 2024 t.o.m. 31 december 2027", "valid", "2024-01-01/2027-12-31"),
        ("Gäller t.o.m.", "2027-12-31", "valid", "../2027-12-31"),
        ("Undertecknat", "2023-12-14", "event", "2023-12-14"),
        ("Beslutsdatum", "2023-08-24", "event", "2023-08-24"),
        ("Antaget av fullmäktige", "27 november 2023", "event", "2023-11-27"),
        ("Startdatum", "1 oktober 2023", "since", "2023-10-01"),
        ("Slutdatum", "2026-09-30", "valid", "../2026-09-30"),
        ("Bildat", "1998", "founded", "1998"),
        ("Uppsägning", "skriftligen, senast 31/12 2026", "deadline", "2026-12-31"),
    ],
)
def test_label_beside_a_value_tells_what_its_date_is(label: str, value: str, kind: str, edtf: str) -> None:
    row = f"<tr><th scope=row>{label}</th><td>{value}</td></tr><tr><td>Län</td><td>Skåne</td></tr>"
    assert dates_of(f"<h1>Avtal</h1><p>Vi samverkar.</p><table>{row}</table>") == [(kind, edtf)]
    assert dates_of(f"<h1>Avtal</h1><p>Vi samverkar.</p><dl><dt>Län</dt><dd>Skåne</dd><dt>{label}</dt><dd>{value}</dd></dl>") == [
        (kind, edtf)
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Sedan", "since"),
        ("Medlem sedan", "since"),
        ("Vänort sedan", "since"),
        ("Partner since", "since"),
        ("Inträdesår", "since"),
        ("Bildad", "founded"),
        ("Undertecknat", "event"),
    ],
)
def test_head_of_a_column_tells_what_its_years_are(head: str, kind: str) -> None:
    rows = f"<tr><td>Nätverk</td><td>Med vem</td><td>{head}</td></tr><tr><td>Glasriket</td><td>Ale</td><td>2002</td></tr>"
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><table>{rows}</table>") == [(kind, "2002")]


def test_heads_that_are_days_are_events_of_the_headings_year() -> None:
    rows = "<tr><th>Badplats</th><th>16 juni</th><th>14 juli</th></tr><tr><td>Sjötorp</td><td>tjänligt</td><td></td></tr>"
    assert dates_of(f"<h1>Bad</h1><h2>Provtagning 2025</h2><table>{rows}</table>") == [("event", "2025-06-16"), ("event", "2025-07-14")]


def test_year_that_heads_a_column_is_that_of_its_days_and_no_fact() -> None:
    rows = "<tr><th>Möte</th><th>2025</th></tr><tr><td>Styrelsen</td><td>24 januari</td></tr><tr><td>Rådet</td><td>5 maj</td></tr>"
    assert dates_of(f"<h1>Mötestider</h1><p>Välkomna.</p><table>{rows}</table>") == [("meeting", "2025-01-24"), ("meeting", "2025-05-05")]


@pytest.mark.parametrize(
    "sentences",
    [
        "Rådet har två ordinarie möten om året. För 2025 är de satta till 24 januari och den 5 maj.",
        "Rådet har två möten om året. Datumen för 2025 är 24 januari och 5 maj.",
        "Direktionen sammanträder den 24 januari och 5 maj 2025.",
    ],
)
def test_meetings_of_the_sentence_before(sentences: str) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Text.</p><p>{sentences}</p>") == [("meeting", "2025-01-24"), ("meeting", "2025-05-05")]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Höstmötet 2031 hålls lördagen den 4 oktober.</p>", [("meeting", "2031-10-04")]),
        ("<p>Årsmötet 2031 äger rum den 4 oktober 2031.</p>", [("meeting", "2031-10-04")]),
        ("<p>Konferensen 2031 är den 4 oktober.</p>", [("event", "2031-10-04")]),
        ("<p>Sista dag att söka till läsåret 2031/2032 är den 4 mars 2031.</p>", [("deadline", "2031-03-04")]),
        ("<p>Mötesdagarna för 2031 är 4 mars och 5 maj.</p>", [("meeting", "2031-03-04"), ("meeting", "2031-05-05")]),
        ("<p>Ansökan om bidrag för 2031 ska vara inne den 4 mars.</p>", [("deadline", "XXXX-03-04")]),
        ("<p>Förslag till plan för 2031 skickas senast den 4 mars.</p>", [("deadline", "XXXX-03-04")]),
        ("<h2>Möten 2031</h2><p>Höstens möte hålls den 4 oktober.</p>", [("meeting", "2031-10-04")]),
        ("<h2>Möten 2031</h2><p>Hör av dig senast den 4 oktober.</p>", [("deadline", "XXXX-10-04")]),
        ("<h2>Plan för 2031</h2><p>Höstens möte hålls den 4 oktober.</p>", [("meeting", "XXXX-10-04")]),
        ("<ul><li>20 maj 2031 Lunchmöte. Anmäl dig senast 8 maj.</li></ul>", [("meeting", "2031-05-20"), ("deadline", "2031-05-08")]),
        ("<ul><li>8 maj 2031 Lunchmöte. Utvärdera senast 20 maj.</li></ul>", [("meeting", "2031-05-08"), ("deadline", "XXXX-05-20")]),
        ("<p>Mötet hålls den 20 maj 2031. Anmäl dig senast 8 maj.</p>", [("meeting", "2031-05-20"), ("deadline", "XXXX-05-08")]),
    ],
)  # fmt: skip
def test_year_comes_from_the_occasion_the_heading_or_the_entry_only(body: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p>{body}") == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Ale gick med 2010, Lerum 2012 och Lilla Edets kommun 2015.", [("since", "2010"), ("since", "2012"), ("since", "2015")]),
        ("GR bildades 2010 och Vatten och Avfall i Södra Granland 2015.", [("founded", "2010"), ("founded", "2015")]),
        ("Bolaget bildades 2010 och Lerum 2015.", [("founded", "2010"), ("founded", "2015")]),
        ("Ale gick med 2010 och Lerum flyttade 2015.", [("since", "2010"), ("event", "2015")]),
        ("Ale gick med 2010 och kansliet flyttade 2015.", [("since", "2010"), ("event", "2015")]),
        ("Ale gick med 2010, Lerum den 4 maj 2015.", [("since", "2010"), ("since", "2015-05-04")]),
        ("Avtalet gällde 2010–2014 och Lerum 2015.", [("valid", "2010/2014")]),
    ],
)
def test_verb_of_one_date_holds_for_those_coordinated_with_it(body: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{body}</p>") == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("<tr><td>4 maj 2031</td><td>Möte i Skara</td></tr><tr><td>5–6 juni 2031</td><td>Studiebesök hos grannar</td></tr>",
         [("meeting", "2031-05-04"), ("event", "2031-06-05/2031-06-06")]),
        ("<tr><td>Autumn 2031</td><td>Pilot in the harbour</td></tr><tr><td>May 2032</td><td>Project meeting</td></tr>",
         [("event", "2031"), ("meeting", "2032-05")]),
        ("<tr><td>1998</td><td>Förbundet bildades</td></tr><tr><td>2004</td><td>Ny logotyp</td></tr>", [("founded", "1998")]),
        ("<tr><th>År</th><th>Antal</th></tr><tr><td>2004</td><td>417</td></tr><tr><td>2005</td><td>398</td></tr>", []),
        ("<tr><th>Diarieförd</th><th>Ärende</th></tr><tr><td>2024-05-03</td><td>Remiss om avfall</td></tr>", []),
        ("<tr><td>2024-05-03</td><td><a href='/a.pdf'>Underlag till styrelsen</a></td></tr><tr><td>2024-06-03</td><td>3</td></tr>", []),
        ("<tr><td>Budget 2032 antas</td><td>20 november 2031</td></tr><tr><td>Ort</td><td>Skara</td></tr>", [("event", "2031-11-20")]),
    ],
)  # fmt: skip
def test_row_that_begins_with_a_date_tells_what_it_is_of(rows: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><table>{rows}</table>") == found


def test_value_of_a_dated_list_is_an_event_by_its_label() -> None:
    rows = "<tr><td>Sommarstängt, växeln svarar</td><td>7–11 juli</td></tr><tr><td>Öppet hus</td><td>9 augusti</td></tr>"
    assert dates_of(f"<h1>Kontakt</h1><p>Välkommen.</p><h2>Viktiga datum 2031</h2><table>{rows}</table>") == [
        ("event", "2031-07-07/2031-07-11"), ("event", "2031-08-09")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h2>På gång</h2><ul><li>23 april 2031 Styrelsemöte, Skara</li><li>7 maj 2031 Studiebesök i Ale</li></ul>",
         [("meeting", "2031-04-23"), ("event", "2031-05-07")]),
        ("<h2>På gång</h2><ul><li>23 april 2031 <a href='/1'>Styrelsemöte, Skara</a></li></ul>", []),
        ("<h2>Kurser</h2><ul><li>Samtal om stöd, Skara, 24 september 2031</li></ul>", [("event", "2031-09-24")]),
        ("<h2>Deltagare</h2><ul><li>Samtal om stöd, Skara, 24 september 2031</li></ul>", []),
    ],
)  # fmt: skip
def test_entries_of_a_calendar_are_facts_unless_they_are_links(body: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p>{body}") == found


@pytest.mark.parametrize(
    ("title", "line", "found"),
    [
        ("Anteckningar från chefsgruppen", "<p>Tid: Måndag 3 mars 2031, kl. 9</p>", [("meeting", "2031-03-03")]),
        ("Anteckningar från chefsgruppen", "<p>Tid</p><p>Måndag 3 mars 2031</p>", [("meeting", "2031-03-03")]),
        ("Konferens om avfall", "<dl><dt>När</dt><dd>3 mars 2031</dd><dt>Var</dt><dd>Skara</dd></dl>", [("event", "2031-03-03")]),
        ("Samverkan", "<p>Datum: 3 mars 2031 kl. 9.00–12.00</p>", [("event", "2031-03-03")]),
        ("Samverkan", "<p>Datum: 3 mars 2031</p>", []),
        ("Konferens om avfall", "<p>Ort: 3 mars 2031</p>", []),
    ],
)
def test_label_of_time_dates_what_the_title_names(title: str, line: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>{title}</h1><p>Välkommen.</p>{line}") == found


@pytest.mark.parametrize(
    ("title", "line", "found"),
    [
        ("Samverkansavtal om räddning", "Borås den 3 december 2019", [("event", "2019-12-03")]),
        ("Samverkansavtal om räddning", "Lilla Edet 2019-12-03", [("event", "2019-12-03")]),
        ("Räddning i länet", "Borås den 3 december 2019", []),
        ("Samverkansavtal om räddning", "Borås centrum, torget och hamnen den 3 december 2019", []),
    ],
)
def test_place_and_day_sign_an_agreement(title: str, line: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>{title}</h1><p>Parterna samverkar.</p><p>{line}</p>") == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Rådet sammanträder i mars och oktober.", []),
        ("Rådet sammanträder två gånger per år, i mars och i oktober.", []),
        ("Rådet brukar mötas i mars.", []),
        ("Rådet sammanträder i mars.", [("meeting", "XXXX-03")]),
        ("Rådet sammanträder i mars och oktober 2031.", [("meeting", "2031-03"), ("meeting", "2031-10")]),
        ("Redovisningen lämnas varje år senast den 4 mars.", [("deadline", "XXXX-03-04")]),
        ("Budgeten för 2031 är på tolv miljoner.", []),
        ("Avgiften för 2031 höjs.", []),
        ("Budgeten för 2031 antogs den 4 mars 2030.", [("event", "2030-03-04")]),
        ("Vi har en karta för 2031 på kansliet.", []),
    ],
)
def test_habits_and_budgets_are_no_dates(sentence: str, found: list[tuple[str, str]]) -> None:
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>{sentence}</p>") == found


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Huset ägs av Göteborgsregionens kommunalförbund sedan 2012.", None),
        ("Torget öppnades 2015 av Göteborgsregionens kommunalförbund.", None),
        ("Göteborgsregionens kommunalförbund bildades 1995.", "orgnr:222000-0265"),
    ],
)
def test_who_did_something_is_not_what_is_dated(sentence: str, body: str | None) -> None:
    assert [fact.organisation_id for fact in facts_of(f"<h1>Samverkan</h1><p>{sentence}</p>")] == [body]


def test_list_without_a_year_stays_without() -> None:
    assert dates_of("<h1>Direktionen</h1><h2>Mötesdagar</h2><p>26 januari<br>22 mars</p>") == [
        ("meeting", "XXXX-01-26"), ("meeting", "XXXX-03-22")
    ]  # fmt: skip


def test_column_of_a_table_tells_what_its_dates_are() -> None:
    table = "<tr><th>Datum</th><th>Sista dag för ärenden</th></tr><tr><td>18 januari 2024</td><td>4 januari 2024</td></tr>"
    assert dates_of(f"<h2>Sammanträden</h2><table>{table}</table>") == [("meeting", "2024-01-18"), ("deadline", "2024-01-04")]


def test_chronicle_tells_kinds_by_its_words_else_events() -> None:
    body = "<h2>Historik</h2><ul><li>1998 – Förbundet bildas</li><li>2004 Ny förbundsordning</li><li>2010 Ale kommun blir medlem</li></ul>"
    assert dates_of(body) == [("founded", "1998"), ("event", "2004"), ("since", "2010")]


def test_cancelled_meeting_is_kept_and_says_so() -> None:
    facts = facts_of("<h2>Möten 2020</h2><ul><li>19-20 mars (Inställt!)</li><li>16 april</li></ul>")
    assert [(fact.edtf, fact.about) for fact in facts] == [("2020-03-19/2020-03-20", "Möten (inställt)"), ("2020-04-16", "Möten")]


def test_heading_counts_only_where_the_text_does_not_repeat_it() -> None:
    assert dates_of("<h1>Avtal för 2020–2023</h1><p>Avtalet gäller 2020–2023.</p>") == [("valid", "2020/2023")]
    assert dates_of("<h1>Avtal för 2020–2023</h1><p>Avtalet är klart.</p>") == [("valid", "2020/2023")]


def test_repeated_fact_is_given_once() -> None:
    assert dates_of("<p>Avtalet gäller 2020–2023.</p><p>Som sagt: avtalet gäller 2020–2023.</p>") == [("valid", "2020/2023")]


def test_end_that_an_interval_tells_already_is_not_repeated() -> None:
    assert dates_of("<p>Planen avser åren 2018–2022 och gäller alltså till och med 2022.</p>") == [("valid", "2018/2022")]


def test_body_is_the_one_named_else_the_sections_else_none() -> None:
    assert [f.organisation_id for f in facts_of("<p>GR bildades 1995.</p>", "org:annat")] == ["orgnr:222000-0265"]
    assert [f.organisation_id for f in facts_of("<p>Förbundet bildades 1995.</p>", "org:annat")] == ["org:annat"]
    assert [f.organisation_id for f in facts_of("<p>Förbundet bildades 1995.</p>")] == [None]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("GR bildades 1995 och SKR 2007.", ["GR", "SKR"]),
        ("GR bildades 1995 och SKR bildades 2007.", ["GR", "SKR"]),
        ("1995 bildades GR, 2007 SKR.", ["GR", "SKR"]),
        ("GR bildades 1995 och ombildades 2007.", ["GR", "GR"]),
    ],
)
def test_each_of_two_dates_concerns_the_body_of_its_own_clause(sentence: str, bodies: list[str]) -> None:
    ids = {"GR": "orgnr:222000-0265", "SKR": "orgnr:222000-0315"}
    assert [fact.organisation_id for fact in facts_of(f"<p>{sentence}</p>")] == [ids[body] for body in bodies]


def test_a_municipality_named_vald_is_not_elected() -> None:
    rows = "<tr><th>Namn</th><th>Medlem sedan</th></tr><tr><td>Valdemarsvik</td><td>2006</td></tr><tr><td>Ydre</td><td>2010</td></tr>"
    assert dates_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><table>{rows}</table>") == [("since", "2006"), ("since", "2010")]
    assert dates_of("<p>Eva Ekdal, vald 2023–2026</p>") == [("valid", "2023/2026")]


@pytest.mark.parametrize(
    ("body", "about"),
    [
        ("<p>GR bildades 1995.</p>", "Göteborgsregionens kommunalförbund"),
        ("<p>Samverkansavtalet gäller 2020–2023.</p>", "samverkansavtalet"),
        ("<h2>Mötesdagar 2024</h2><p>26 januari</p>", "Mötesdagar"),
        ("<p>Kinda kommun lämnade förbundet den 1 april 2024.</p>", "Kinda kommun lämnade förbundet"),
        ("<p>Skicka in ert svar senast 9 juni!</p>", "Skicka in ert svar"),
    ],
)
def test_about_is_what_is_dated_without_the_date(body: str, about: str) -> None:
    assert [fact.about for fact in facts_of(body)] == [about]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>Nätverket, som grundades år 2009, är stort.</p>", "grundades år 2009"),
        ("<p>Hör av er senast 9 juni!</p>", "senast 9 juni"),
        ("<p>Den 12 maj 2017 hölls konferensen.</p>", "Den 12 maj 2017 hölls"),
    ],
)
def test_evidence_is_the_clause_from_trigger_to_date(body: str, words: str) -> None:
    assert [fact.evidence.text for fact in facts_of(body)] == [words]


def test_day_that_does_not_exist_is_an_issue() -> None:
    document = document_of("<p>Styrelsen sammanträder den 31 april 2024.</p>")
    (issue,) = find_dates(document, RegisteredNames(document))
    assert isinstance(issue, Issue)
    assert (issue.code, issue.value) == ("date_impossible", "31 april 2024")


@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_page_is_read_and_each_fact_is_sound(html: str) -> None:
    document = read_document(html)
    if document is None:
        return
    for fact in find_dates(document, RegisteredNames(document)):
        if isinstance(fact, DatedFact):
            assert document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.text != ""
            assert is_edtf(fact.edtf)
            assert 0 < fact.evidence.confidence <= 1
