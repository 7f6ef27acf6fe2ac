"""Certificates are checked against the name that was asked for, at the address that was looked up."""

import datetime
import ipaddress
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.http import Door, Lost, NotSent, Policy

from .serving import serving

PEM = serialization.Encoding.PEM


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "town.test")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    names = [x509.DNSName("town.test"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(start).not_valid_after(start.replace(year=2090))
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "town.pem"
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(PEM))
    return str(path)


@pytest.fixture
def context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def polite(line):
    while line.read():
        line.answer()


@pytest.fixture
def everything_is_at_home(monkeypatch):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **more: real("127.0.0.1", port, **more))


def test_the_certificate_must_be_for_the_name_asked_for(context, certificate, everything_is_at_home):
    shown = []
    context.sni_callback = lambda sock, name, _: shown.append(name)
    with serving(polite, context) as server:
        right, wrong = f"https://town.test:{server.port}", f"https://city.test:{server.port}"
        door = Door(Policy(frozenset({right, wrong})), authorities=certificate)
        assert [door.request("GET", right).status for _ in range(2)] == [200, 200]
        with pytest.raises(NotSent, match="certificate"):
            door.request("GET", wrong)
    assert shown == ["town.test", "city.test"]
    assert b"Host: town.test:" in server.requests[0]


def test_an_unknown_authority_is_not_believed(context):
    with serving(polite, context) as server, pytest.raises(NotSent, match="certificate"):
        Door(Policy(frozenset({server.origin}))).request("GET", server.origin)
    assert not server.requests


def test_a_server_that_speaks_no_tls_was_not_sent_anything(certificate):
    def handle(line):
        line.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with serving(handle) as server:
        origin = server.origin.replace("http:", "https:")
        with pytest.raises(NotSent):
            Door(Policy(frozenset({origin})), authorities=certificate).request("GET", origin, total=2)


def test_a_drop_after_the_request_is_lost(context, certificate):
    with serving(lambda line: line.read() and line.reset(), context) as server, pytest.raises(Lost):
        Door(Policy(frozenset({server.origin})), authorities=certificate).request("POST", server.origin)
