"""Private addresses are not asked for on the word of a public page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.guard import is_public
from tests.spiders.crawling import crawl, site_row
from tests.spiders.small_web import Replies, Reply, link_page, serve_small_web


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1"],
)
def test_addresses_of_private_networks_are_told(address: str) -> None:
    assert not is_public(address)
    assert is_public("193.235.16.1")


@pytest.mark.parametrize("address", ["::ffff:10.0.0.1", "fd00::1", "::10.0.0.1", "64:ff9b::7f00:1", "2002:a00:1::"])
def test_private_addresses_in_the_dress_of_others_too(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses())
def test_any_address_is_one_or_the_other(address: object) -> None:
    assert is_public(str(address)) in (True, False)


@pytest.mark.parametrize("path", ["/samverkan", "/hop"])
@pytest.mark.parametrize("host", ["127.0.0.8", "127.8", "0x7f.8"])  # the system resolves the last two to 127.0.0.8
def test_a_host_of_the_site_that_lies_in_a_private_network_is_not_asked(tmp_path: Path, host: str, path: str) -> None:
    with serve_small_web({"/samverkan": "<p>hemligt"}, host="127.0.0.8") as inside, serve_small_web({}, host="127.0.0.9") as web:
        private = f"http://{host}:{inside.port}/samverkan"
        replies: Replies = {"/": link_page("/hop", private, words="samverkan"), "/hop": Reply("", 302, (("Location", private),))}
        web.replies = replies if path == "/hop" else {"/": link_page(private, words="samverkan")}
        result = crawl(tmp_path, site_row("prov", web.root, allowed_domains=["127.0.0.9", "8"]))
        assert inside.log == []
    assert result.codes == [("private_address", private)]
    assert "private network" in str(result.visits["prov"].first_error)


def test_a_host_that_the_site_list_names_is_asked_wherever_it_lies(tmp_path: Path) -> None:
    with serve_small_web({"/": "<p>x"}) as web:
        result = crawl(tmp_path, site_row("prov", f"http://localhost:{web.port}/"))
    assert len(result.pages) == 1
