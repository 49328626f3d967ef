"""Keys in PEM files: ed25519, ECDSA on the curves of NIST, RSA.

The library is `cryptography`, which Great Expectations brings along; the extra ``[sign]`` names it. The algorithm
follows from the key and stands nowhere in the envelope, so nobody can talk a verifier into a weaker one. Signatures are
of the same form as those of the in-toto tools (securesystemslib): ed25519 as it is, ECDSA with the hash of the curve's
size, RSA with PSS and SHA-256. The first two are the same for the same statement; PSS is random by its nature.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provcheck import plainly
from provcheck.errors import KeyFileError

if TYPE_CHECKING:
    from collections.abc import Callable

INSTALL = "pip install 'provcheck[sign]'"
PASSPHRASE = "PROVCHECK_KEY_PASSPHRASE"  # noqa: S105  # the name of a variable
"""The variable of the environment that holds the passphrase of a private key."""

LONGEST = 1 << 16
"""Bytes of a key file; the longest keys in use have some thousand."""

LEAST_RSA = 2048
"""Bits of an RSA key; shorter ones are within reach of those who would forge a signature."""

_CURVES = {"secp256r1": "SHA256", "secp384r1": "SHA384", "secp521r1": "SHA512"}
_PUBLIC = "give the public one; `openssl pkey -in KEY -pubout` writes it"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key; `keyid` is the SHA-256 of its public half in DER."""

    keyid: str
    _sign: Callable[[bytes], bytes]

    def sign(self, data: bytes) -> bytes:
        """The signature over the data."""
        return self._sign(data)


@dataclass(frozen=True, slots=True)
class Checker:
    """A public key; `keyid` is as in `Signer`."""

    keyid: str
    _verify: Callable[[bytes, bytes], None]

    def check(self, signature: bytes, data: bytes) -> bool:
        """Whether the signature over the data is this key's."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # only where a key was loaded by it

        try:
            self._verify(signature, data)
        except InvalidSignature:
            return False
        return True


def signer(path: str) -> Signer:
    """The private key of a file, in PEM (PKCS8); raises KeyFileError for one that cannot be used.

    The passphrase of an encrypted one is taken from the environment (`PASSPHRASE`).
    """
    serialization, unsupported = _library(path)
    raw = _pem(path)
    if b"PRIVATE KEY" not in raw and b"PUBLIC KEY" in raw:
        raise KeyFileError(path, "it is a public key; give the private one to sign")
    try:
        try:
            key = serialization.load_pem_private_key(raw, None)
        except TypeError:  # it is encrypted
            key = serialization.load_pem_private_key(raw, _passphrase(path))
        arguments = _scheme(path, key)
    except ValueError:
        problem = f"it is no private key in PEM (PKCS8), or {PASSPHRASE} does not fit it"
        raise KeyFileError(path, problem) from None
    except unsupported as error:
        raise KeyFileError(path, f"it cannot be used: {error}") from error
    return Signer(_keyid(key.public_key()), lambda data: bytes(key.sign(data, *arguments)))


def checker(path: str) -> Checker:
    """The public key of a file, in PEM; raises KeyFileError for one that cannot be used."""
    serialization, unsupported = _library(path)
    raw = _pem(path)
    if b"PRIVATE KEY" in raw:
        raise KeyFileError(path, f"it is a private key; {_PUBLIC}")
    try:
        key = serialization.load_pem_public_key(raw)
        arguments = _scheme(path, key)
    except ValueError:
        raise KeyFileError(path, f"it is no public key in PEM; {_PUBLIC}") from None
    except unsupported as error:
        raise KeyFileError(path, f"it cannot be used: {error}") from error
    return Checker(_keyid(key), lambda signature, data: key.verify(signature, data, *arguments))


def _library(path: str) -> tuple[Any, type[Exception]]:
    """The module that reads keys, and what it raises for those that it does not know."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # an extra, and only for keys
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # as above
    except ImportError:
        raise KeyFileError(path, f"keys need cryptography, which is not installed; install it with {INSTALL}") from None
    return serialization, UnsupportedAlgorithm


def _pem(path: str) -> bytes:
    try:
        raw = plainly.bounded(path, LONGEST)
    except OSError as error:
        raise KeyFileError(path, f"it cannot be read: {error.strerror or error}") from error
    if raw is None:
        raise KeyFileError(path, "it is no file")
    if len(raw) > LONGEST:
        raise KeyFileError(path, "it is too long for a key")
    return raw


def _passphrase(path: str) -> bytes:
    given = os.environ.get(PASSPHRASE)
    if not given:
        raise KeyFileError(path, f"it is encrypted; put its passphrase into the variable {PASSPHRASE}")
    return given.encode("utf-8", "surrogateescape")


def _scheme(path: str, key: Any) -> tuple[Any, ...]:  # noqa: ANN401  # keys of six classes
    """What a key is to be called with, besides the data, to sign or to check."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  # only where a key was loaded by it
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa  # noqa: PLC0415  # as above

    if isinstance(key, ed25519.Ed25519PrivateKey | ed25519.Ed25519PublicKey):
        return ()
    if isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        algorithm = getattr(hashes, _CURVES[key.curve.name])()
        return (ec.ECDSA(algorithm, deterministic_signing=isinstance(key, ec.EllipticCurvePrivateKey)),)
    if isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey) and key.key_size >= LEAST_RSA:
        length = padding.PSS.DIGEST_LENGTH if isinstance(key, rsa.RSAPrivateKey) else padding.PSS.AUTO
        return padding.PSS(padding.MGF1(hashes.SHA256()), length), hashes.SHA256()
    kinds = f"ed25519, ECDSA on P-256, P-384 or P-521, and RSA of at least {LEAST_RSA} bits"
    raise KeyFileError(path, f"it is of a kind or a length that is not used here; the kinds are {kinds}")


def _keyid(public: Any) -> str:  # noqa: ANN401  # as above
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415  # as above

    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
