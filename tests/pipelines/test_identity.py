"""Identity across pages, read by the real parsers: what is one organisation comes out as one, what is two as two."""

from collections.abc import Sequence

import pytest

from parsers.reading import read_page
from pipelines.assemble import assemble_datasets
from pipelines.carry_over import Snapshot
from pipelines.collect import Collector
from pipelines.keys import Rows
from registry.aliases import Alias
from registry.registry import load_registry
from registry.sites import Site, SiteList
from schemas.datasets import KNOWN
from schemas.page import Page
from tests.pipelines.small_pages import make_page


def make_site(name: str, owner: str) -> Site:
    return Site(name, owner, (f"https://{name}.se/",), (f"{name}.se",))


SITES = SiteList(
    (
        make_site("ale", "kommun:1440"),
        make_site("lillaedet", "kommun:1462"),
        make_site("kungalv", "kommun:1482"),
        make_site("gotland", "kommun:0980"),
        make_site("goteborgsregionen", "Göteborgsregionens kommunalförbund (GR)"),
        make_site("gamla", "Gamla Samverkan AB"),
    )
)
GR = "orgnr:222000-0265"


def write(site: str, *paragraphs: str, path: str = "samverkan") -> Page:
    """A page of a site: a heading, and what stands below it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[1:])
    return make_page(f"https://{site}.se/{path}", f"<html lang='sv'><body><main><h1>{paragraphs[0]}</h1>{body}</main></body></html>")


def assemble(*pages: Page, aliases: Sequence[Alias] = (), previous: Snapshot = Snapshot()) -> Rows:  # noqa: B008 (it is frozen)
    """The datasets of a run; its books must hold."""
    collector = Collector(SITES, load_registry(), previous, read_page)
    for page in pages:
        collector.add_page(page)
    datasets, ledger = assemble_datasets(collector, SITES, {}, load_registry(), aliases)
    ledger.close(KNOWN)
    assert all(ledger.balance(dataset).merged >= 0 for dataset in KNOWN)
    return {dataset: list(rows) for dataset, rows in datasets.items()}


def ids(rows: Rows) -> set[str]:
    return {row["organisation_id"] for row in rows["organisations"]}


def test_gr_is_one_organisation_whatever_it_is_called() -> None:
    rows = assemble(
        write("ale", "Samverkan", "Ale kommun är medlem i Göteborgsregionen tillsammans med tolv andra kommuner."),
        write("lillaedet", "Samverkan", "Lilla Edets kommun är medlem i Göteborgsregionens kommunalförbund (GR). GR samordnar skolan."),
        write("kungalv", "Samverkan", "Kungälvs kommun är medlem i GR."),
        write("goteborgsregionen", "Om oss", "Göteborgsregionen (GR) består av kommunerna Ale, Kungälv och Lilla Edet."),
    )
    assert ids(rows) == {GR, "kommun:1440", "kommun:1462", "kommun:1482"}
    relations = {row["member_id"]: row for row in rows["relations"]}
    assert {row["organisation_id"] for row in rows["relations"]} == {GR}
    assert all((row["hosts"], list(row["sides"]), row["contradicted"]) == (2, ["body", "member"], False) for row in relations.values())
    assert relations.keys() == {"kommun:1440", "kommun:1462", "kommun:1482"}


def test_committees_of_one_name_on_the_sites_of_two_owners_are_two() -> None:
    text = "Gemensam överförmyndarnämnd är en gemensam nämnd för {}."
    rows = assemble(
        write("kungalv", "Gemensam överförmyndarnämnd", text.format("Kungälvs kommun och Ale kommun")),
        write("gotland", "Gemensam överförmyndarnämnd", text.format("Region Gotland och Nynäshamns kommun")),
    )
    committees = {row["organisation_id"] for row in rows["organisations"] if row["kind"] == "joint_committee"}
    assert committees == {"org:gemensam-overformyndarnamnd@kommun:1482", "org:gemensam-overformyndarnamnd@kommun:0980"}
    assert all(row["pages"] == 1 for row in rows["relations"])


@pytest.mark.parametrize("name", ["Region Gotland", "Gotlands kommun", "Gotland", "Landstinget Gotland"])
def test_gotland_is_one_organisation_whatever_it_is_called(name: str) -> None:
    rows = assemble(
        write("ale", "Samverkan", f"Nätverket Havslänken består av Ale kommun och {name}."),
        write("gotland", "Samverkan", "Region Gotland är medlem i nätverket Havslänken."),
    )
    (row,) = [row for row in rows["organisations"] if "otland" in row["name"]]
    assert (row["organisation_id"], row["name"], row["kind"], len(row["page_ids"])) == ("kommun:0980", "Region Gotland", "region", 2)
    assert {"kommun:0980", "kommun:1440"} == {row["member_id"] for row in rows["relations"]}


NETWORK = write("ale", "Samverkan", "Ale kommun är medlem i Nätverket Havslänken.")
ALLIANCE = write("lillaedet", "Samverkan", "Lilla Edets kommun är medlem i Samarbetsorganisationen Havslänken Väst.")
ONE = Alias("org:havslanken", "One network, says its statute", id="org:samarbetsorganisationen-havslanken-vast")


def test_an_alias_makes_two_ids_one() -> None:
    assert {ONE.id, "org:havslanken"} <= ids(assemble(NETWORK, ALLIANCE))
    rows = assemble(NETWORK, ALLIANCE, aliases=[ONE])
    assert ids(rows) == {"org:havslanken", "kommun:1440", "kommun:1462"}
    assert {row["organisation_name"] for row in rows["members"]} == {"Havslänken"}
    assert len(rows["relations"]) == 2


def test_an_alias_holds_for_pages_carried_over_too() -> None:
    before = Snapshot("1", assemble(NETWORK, ALLIANCE))
    assert ids(assemble(NETWORK, previous=before, aliases=[ONE])) == {"org:havslanken", "kommun:1440", "kommun:1462"}


def test_a_name_on_a_site_is_what_the_reviewer_says_and_on_other_sites_what_it_was() -> None:
    alias = Alias(GR, "Its pages call it so", name="Havslänken", site_id="ale")
    other = write("lillaedet", "Samverkan", "Lilla Edets kommun är medlem i Nätverket Havslänken.")
    rows = assemble(NETWORK, other, aliases=[alias])
    stated = {(row["organisation_id"], row["member_id"]) for row in rows["members"]}
    assert stated == {
        (GR, "kommun:1440"),
        ("org:havslanken", "kommun:1462"),
    }
    named = {row["organisation_id"]: row["name"] for row in rows["organisations"]}
    assert (named[GR], named["org:havslanken"]) == ("Göteborgsregionens kommunalförbund", "Havslänken")
    before = Snapshot("1", assemble(NETWORK, other))
    assert ids(assemble(other, aliases=[alias], previous=before)) == ids(rows)  # the row carried over is parted


def test_a_registered_organisation_taken_for_another_leaves_nothing_of_itself() -> None:
    page = write("ale", "Samverkan", "Nätverket Havslänken består av Ale kommun och Håbo kommun.")
    rows = assemble(page, aliases=[Alias("kommun:0643", "A slip of the pen", id="kommun:0305", site_id="ale")])
    (habo,) = [row for row in rows["organisations"] if row["organisation_id"] == "kommun:0643"]
    assert (habo["name"], habo["area_code"], habo["other_names"]) == ("Habo kommun", "0643", [])
    assert "kommun:0305" not in ids(rows)


def test_what_an_alias_renames_is_renamed_as_owner_and_as_scope_too() -> None:
    page = write("gamla", "Nämnden", "Gemensam överförmyndarnämnd består av Ale kommun och Kungälvs kommun.")
    before = assemble(page)
    scoped = {identity for identity in ids(before) if identity.endswith("@org:gamla-samverkan-ab")}
    assert scoped
    rows = assemble(page, aliases=[Alias("org:nya-samverkan-ab", "Renamed, same company", id="org:gamla-samverkan-ab")])
    assert {identity.replace("gamla", "nya") for identity in scoped} <= ids(rows)
    assert {row["owner_id"] for row in rows["pages"]} == {"org:nya-samverkan-ab"}
    assert [row["owner_id"] for row in rows["coverage"] if row["site_id"] == "gamla"] == ["org:nya-samverkan-ab"]


def test_what_the_registry_has_learnt_since_holds_for_pages_carried_over() -> None:
    before = assemble(write("ale", "Samverkan", "Ale kommun är medlem i Göteborgsregionen."))
    for there in before.values():
        for row in there:
            row |= {column: "org:goteborgsregionens-kommunalforbund" for column, value in row.items() if value == GR}
    rows = assemble(write("kungalv", "Samverkan", "Kungälvs kommun är medlem i GR."), previous=Snapshot("1", before))
    assert {row["organisation_id"] for row in rows["members"]} == {GR}
