"""Keys and envelopes: what is signed with one key is good by its public half and by no other."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa, x25519

from provcheck.certificate import Envelope, envelope, keys, unwrapped
from provcheck.errors import KeyFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KINDS: dict[str, Callable[[], Any]] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "p521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}
OTHERS: dict[str, Callable[[], Any]] = {
    "short": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505  # that is the point
    "curve": lambda: ec.generate_private_key(ec.SECP256K1()),
    "exchange": x25519.X25519PrivateKey.generate,
    "dsa": lambda: dsa.generate_private_key(2048),
}


def pair(folder: Path, make: Callable[[], Any], passphrase: bytes | None = None) -> tuple[str, str]:
    """Write a private key and its public half; gives their paths."""
    key = make()
    hidden = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    private, public = folder / "key.pem", folder / "key.pub"
    private.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, hidden))
    public.write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    return str(private), str(public)


def opened(raw: bytes) -> Envelope:
    """The envelope of a text."""
    found = unwrapped("s.json", raw)
    assert isinstance(found, Envelope)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_signed_and_checked(tmp_path: Path, kind: str) -> None:
    """The signature is good; it is not for another payload, another type or another key."""
    private, public = pair(tmp_path, KINDS[kind])
    raw = envelope.signed(b'{"a": 1}', keys.signer(private))
    found, checker = opened(raw), keys.checker(public)
    assert found.payload == b'{"a": 1}'
    assert found.checked(checker.check)
    assert not Envelope(found.payload_type, b'{"a": 2}', found.signatures).checked(checker.check)
    assert not Envelope("text/plain", found.payload, found.signatures).checked(checker.check)
    assert not Envelope(found.payload_type, found.payload, [b"", b"x" * 64]).checked(checker.check)
    (tmp_path / "other").mkdir()
    for make in KINDS.values():
        assert not found.checked(keys.checker(pair(tmp_path / "other", make)[1]).check)
    both = Envelope(found.payload_type, found.payload, [b"x" * 64, *found.signatures])
    assert both.checked(checker.check)  # one of several is enough


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"rsa"}))
def test_same_bytes(tmp_path: Path, kind: str) -> None:
    """The same statement and the same key give the same envelope, where the algorithm is not random by its nature."""
    private, _ = pair(tmp_path, KINDS[kind])
    assert envelope.signed(b"{}", keys.signer(private)) == envelope.signed(b"{}", keys.signer(private))


def test_keyid(tmp_path: Path) -> None:
    """The key id is the digest of the public key in DER, and a wrong one in the envelope turns nothing away."""
    private, public = pair(tmp_path, KINDS["ed25519"])
    der = base64.b64decode("".join((tmp_path / "key.pub").read_text().splitlines()[1:-1]))
    plain = json.loads(envelope.signed(b"{}", keys.signer(private)))
    assert plain["signatures"][0]["keyid"] == hashlib.sha256(der).hexdigest() == keys.checker(public).keyid
    plain["signatures"][0]["keyid"] = "another"
    assert opened(json.dumps(plain).encode()).checked(keys.checker(public).check)


def test_openssl_agrees(tmp_path: Path) -> None:
    """Another program finds the signature good for the bytes that DSSE says are signed."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    private, public = pair(tmp_path, KINDS["p256"])
    found = opened(envelope.signed(b"{}", keys.signer(private)))
    (tmp_path / "sig").write_bytes(found.signatures[0])
    signed = b"DSSEv1 28 application/vnd.in-toto+json 2 {}"
    command = ["openssl", "dgst", "-sha256", "-verify", public, "-signature", str(tmp_path / "sig")]
    assert subprocess.run(command, input=signed, capture_output=True, check=True).stdout.strip() == b"Verified OK"


def test_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encrypted key needs its passphrase in the environment; one that is not needed does no harm."""
    private, public = pair(tmp_path, KINDS["ed25519"], b"gr\xc3\xbcn")
    monkeypatch.delenv(keys.PASSPHRASE, raising=False)
    with pytest.raises(KeyFileError, match="put its passphrase into the variable PROVCHECK_KEY_PASSPHRASE"):
        keys.signer(private)
    monkeypatch.setenv(keys.PASSPHRASE, "blau")
    with pytest.raises(KeyFileError, match="or PROVCHECK_KEY_PASSPHRASE does not fit it"):
        keys.signer(private)
    monkeypatch.setenv(keys.PASSPHRASE, "grün")
    assert opened(envelope.signed(b"{}", keys.signer(private))).checked(keys.checker(public).check)
    keys.signer(pair(tmp_path, KINDS["ed25519"])[0])


@pytest.mark.parametrize("kind", OTHERS)
def test_kinds_that_are_not_used(tmp_path: Path, kind: str) -> None:
    """A key that is too short, or cannot sign as we do, is refused on both sides."""
    private, public = pair(tmp_path, OTHERS[kind])
    for use, path in ((keys.signer, private), (keys.checker, public)):
        with pytest.raises(KeyFileError, match="the kinds are ed25519, ECDSA"):
            use(path)


def test_what_is_no_key(tmp_path: Path) -> None:
    """The halves exchanged, other files, and none."""
    private, public = pair(tmp_path, KINDS["ed25519"])
    (tmp_path / "text").write_text("no key")
    (tmp_path / "long").write_bytes(b"x" * (keys.LONGEST + 1))
    cut = tmp_path / "cut"
    cut.write_bytes((tmp_path / "key.pem").read_bytes()[:60])
    for use, path, said in (
        (keys.signer, public, "it is a public key"),
        (keys.checker, private, "it is a private key"),
        (keys.signer, str(tmp_path / "text"), "it is no private key in PEM"),
        (keys.checker, str(tmp_path / "text"), "it is no public key in PEM"),
        (keys.signer, str(cut), "it is no private key in PEM"),
        (keys.signer, str(tmp_path / "long"), "it is too long for a key"),
        (keys.signer, str(tmp_path), "it is no file"),
        (keys.checker, "/dev/zero", "it is no file"),
        (keys.checker, str(tmp_path / "none"), "it cannot be read: No such file"),
    ):
        with pytest.raises(KeyFileError, match=said):
            use(path)


def test_a_library_that_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the OpenSSL below the library lacks something, that is said."""
    private, public = pair(tmp_path, KINDS["p256"])

    def lacking(*_given: object, **_named: object) -> None:
        raise UnsupportedAlgorithm("not by this version of OpenSSL")

    monkeypatch.setattr(ec, "ECDSA", lacking)
    for use, path in ((keys.signer, private), (keys.checker, public)):
        with pytest.raises(KeyFileError, match="it cannot be used: not by this version of OpenSSL"):
            use(path)


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, the error names it."""
    private, public = pair(tmp_path, KINDS["ed25519"])
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives", None)
    for use, path in ((keys.signer, private), (keys.checker, public)):
        with pytest.raises(KeyFileError, match=r"pip install 'provcheck\[sign\]'"):
            use(path)
