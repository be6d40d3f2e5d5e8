"""`samverkan demo`: what the sample web's README promises is what a person gets."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schemas.manifest import read_manifest
from tests.samverkan.conftest import Demo
from tests.samverkan.program import ROOT, environment
from tests.web.build import load_web

WEB = load_web()
LEFT_ALONE = {
    "www.halmstad.se/internt/samverkansavtal/",  # robots.txt
    "www.lansstyrelsen.se/halland/samverkan.html",  # outside the site's scope
    "www.karlskrona.se/en/",  # a mirror in English
    "kfkl.se/",
    "kfkl.se/om-oss/",
}

PROMISED = {
    f"{site.host}{page.path}" for site in WEB.sites.values() for page in site.fragments.values() if page.is_collaboration
} - LEFT_ALONE


def bare(url: str) -> str:
    """Without its scheme."""
    return re.sub(r"^https?://", "", url)


def read(demo: Demo, dataset: str) -> Any:
    return pd.read_parquet(demo.output / "latest" / f"{dataset}.parquet")


def test_it_ends_well_within_thirty_seconds(demo: Demo) -> None:
    assert demo.done.returncode == 0, demo.done.stderr
    manifest = read_manifest(demo.output / "latest")
    assert (manifest.kind, manifest.status) == ("demo", "published")
    assert manifest.duration is not None
    assert manifest.duration < 30


def test_sites_fare_as_the_sample_web_says(demo: Demo) -> None:
    outcomes = read(demo, "coverage").set_index("site_id").outcome
    assert outcomes[outcomes != "facts"].to_dict() == {"kfkl": "denied", "itsam": "unreachable"}
    assert len(outcomes) == 17


def test_every_collaboration_page_is_fetched_and_what_must_be_left_alone_is_not(demo: Demo) -> None:
    fetched = {bare(url) for url in read(demo, "pages").url}
    assert fetched >= PROMISED
    assert not LEFT_ALONE & fetched


def test_every_collaboration_page_in_swedish_is_told_to_be_one(demo: Demo) -> None:
    pages = read(demo, "pages")
    missed = PROMISED & {bare(url) for url in pages.url[~pages.is_collaboration & (pages.language == "sv")]}
    assert not missed


def test_the_summary_tells_what_is_in_the_files(demo: Demo) -> None:
    told = dict(re.findall(r"^(\w+) +(\d+)  \S", demo.done.stdout, re.M))
    assert {name: len(read(demo, name)) for name in told} == {name: int(number) for name, number in told.items()}
    assert set(told) == {"organisations", "mentions", "members", "relations", "member_counts", "contacts", "dates"}
    pages = read(demo, "pages")
    assert f"{len(pages)} pages, {pages.is_collaboration.sum()} of them about collaboration" in demo.done.stdout
    assert f"{len(read(demo, 'issues'))} issues" in demo.done.stdout


def test_relations_are_the_members_without_their_repetitions(demo: Demo) -> None:
    key = ["organisation_id", "member_id", "role"]
    members, relations = read(demo, "members"), read(demo, "relations").set_index(key)
    assert relations.pages.to_dict() == members.groupby(key).page_id.nunique().to_dict()
    stated = relations.loc["orgnr:222000-0265", "kommun:1462", "member"]
    assert (stated.hosts, list(stated.sides), stated.contradicted) == (2, ["body", "member"], False)
    assert stated.confidence > members[members.organisation_id == "orgnr:222000-0265"].confidence.max()


def test_the_archive_holds_what_was_received(demo: Demo) -> None:
    (archive,) = (demo.output / "archive").glob("*.wacz")
    assert f"output/demo/archive/{archive.name}" in demo.done.stdout
    pages = read(demo, "pages")
    assert set(pages.archive_file) == {archive.name}


def test_what_it_says_to_try_next_works(demo: Demo) -> None:
    steps = re.findall(r"^  (\S+ (?:-m|-c|show|schema|runs) .*)$", demo.done.stdout.partition("Try next")[2], re.M)
    assert len(steps) == 4
    for step in steps:
        folder = demo.output.parents[1]
        done = subprocess.run(shlex.split(step), cwd=folder, env=environment(), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), step
        assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize("path", ["samverkan/sample_web/sites.toml", "samverkan/sample_web/sample-web.warc.gz"])
def test_what_it_needs_lies_in_the_package(path: str) -> None:
    assert (Path(ROOT) / path).is_file()
