"""The DSSE envelope: a payload, its type, and signatures over both.

What is signed is not the JSON but an encoding of type and payload in which nothing can be moved from one into the
other (PAE, "pre-authentication encoding"), so no canonical form of JSON is needed.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAYLOAD_TYPE = "application/vnd.in-toto+json"


class Signs(Protocol):
    """What signs; `provcheck.certificate.keys.Signer` does."""

    @property
    def keyid(self) -> str:
        """A hint by which the key may be found; it proves nothing."""

    def sign(self, data: bytes) -> bytes:
        """The signature over the data."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload with its type and its signatures; nothing is checked yet."""

    payload_type: str
    payload: bytes
    signatures: Sequence[bytes]

    def checked(self, check: Callable[[bytes, bytes], bool]) -> bool:
        """Whether any of the signatures is good; `check` is asked with a signature and the bytes that were signed.

        The key id is not looked at: it is not signed, and a wrong one must not turn a good signature away.
        """
        signed = encoded(self.payload_type, self.payload)
        return any(check(signature, signed) for signature in self.signatures)


def encoded(payload_type: str, payload: bytes) -> bytes:
    """The bytes that are signed.

    >>> encoded("http://example.com/HelloWorld", b"hello world")
    b'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    """
    kind = payload_type.encode("utf-8", "surrogatepass")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def signed(payload: bytes, signer: Signs) -> bytes:
    """The text of an envelope around a statement."""
    signature = {"keyid": signer.keyid, "sig": _base64(signer.sign(encoded(PAYLOAD_TYPE, payload)))}
    whole = {"payloadType": PAYLOAD_TYPE, "payload": _base64(payload), "signatures": [signature]}
    return (json.dumps(whole, indent=1) + "\n").encode()


def opened(plain: dict[str, Any]) -> Envelope:
    """The envelope that a JSON object is; raises ValueError, with a sentence, for one that is none."""
    kind, payload, signatures = plain.get("payloadType"), plain.get("payload"), plain.get("signatures")
    if not isinstance(kind, str) or not isinstance(signatures, list) or not signatures:
        raise ValueError("it is an envelope without payloadType or signatures")
    if kind != PAYLOAD_TYPE:
        raise ValueError(f"its payload is {kind[:80]!r}, not {PAYLOAD_TYPE}")
    found = [each.get("sig") if isinstance(each, dict) else None for each in signatures]
    return Envelope(kind, _bytes("payload", payload), [_bytes("sig", each) for each in found])


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(where: str, text: object) -> bytes:
    """What a text in base64 stands for, in the common alphabet or in that of URLs: signers may use either."""
    if not isinstance(text, str):
        raise ValueError(f"the envelope's {where} is missing or no string")  # noqa: TRY004  # one kind for all faults
    try:
        return base64.b64decode(text.translate({ord("-"): "+", ord("_"): "/"}), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"the envelope's {where} is not base64") from None
