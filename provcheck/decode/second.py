"""A second opinion on encodings, from the libraries that know more of them than we do.

Our own ranking knows the encodings of news; charset-normalizer and chardet know some ninety between them and fail on
different files (benchmarks/encodings_and_mojibake.py). They are slow, so they are asked only where our own ranking
loses bytes or cannot decide, and what they name is one more candidate, judged like all others.
"""

from __future__ import annotations


def opinions(raw: bytes) -> tuple[str, ...]:
    """The codecs that the libraries think possible, best first, each once; empty where they have no idea.

    More than the sample of a long file does not change their minds.

    >>> "cp1251" in opinions("Это старый мост, который закрыли весной на ремонт".encode("cp1251"))
    True
    """
    import chardet  # noqa: PLC0415  # heavy, and of no use for most documents
    from charset_normalizer import from_bytes  # noqa: PLC0415  # as above

    ranked = [match.encoding for match in from_bytes(raw)][:5]
    guesses = [guess["encoding"] for guess in chardet.detect_all(raw)][:5]
    return tuple(dict.fromkeys(name.lower() for name in (*ranked, *guesses) if name))
