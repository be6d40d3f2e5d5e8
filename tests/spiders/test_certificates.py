"""A host must prove who it is: Scrapy does not ask for that unless told."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.spiders.crawling import crawl, site_row


@pytest.fixture
def self_signed_root(tmp_path: Path) -> Iterator[str]:
    """The address of an HTTPS server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(tmp_path / "certificate.pem"))
    folder = tmp_path / "web"
    folder.mkdir()
    with HTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def make_certificate(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_host_that_nobody_vouches_for_is_unreachable(tmp_path: Path, self_signed_root: str) -> None:
    result = crawl(tmp_path, site_row("prov", self_signed_root))
    assert result.pages == []
    assert result.visits["prov"].outcome == "unreachable"


def test_the_same_host_answers_those_who_do_not_ask(tmp_path: Path, self_signed_root: str) -> None:
    result = crawl(tmp_path, site_row("prov", self_signed_root), DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert [page.status for page in result.pages] == [200]
