"""What the tests of the command line share: a way to call it, and small corpora."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from provcheck.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ARTICLE = """Ferry line returns after two winters

ELMHAVEN: The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a \
storm tore away the landing stage.

The board has rented a vessel of forty metres that carried tourists on a northern lake until last autumn.

Published in The Harbour Courier, March 12th, 2024
"""

ARTICLES = (
    """Ferry line returns after two winters

The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a storm tore
away the landing stage. The board has rented a vessel that carried tourists on a northern lake until last autumn.
""",
    """School kitchens buy from farms nearby

Half of all vegetables on the plates of pupils shall come from fields within a day's walk, the council decided. Cooks
had asked for it in a letter; farmers say that carrots are no trouble, while peas will need a colder store.
""",
    """A choir learns songs that nobody wrote down

Four women over eighty have sung into a recorder in the parish hall what their mothers hummed over the washing. None
of the tunes stands in a book, and no two of the singers had learned quite the same words to any of them.
""",
    """Bridge closed while engineers look at its feet

Lorries go round by the upper valley for at least a month. Divers found last week that the river has washed gravel from
under the second pier, which was set on oak piles in the time of the great flood and has not been touched since.
""",
    """Library lends out seeds beside its novels

Readers take home beans and tomatoes in envelopes and bring back what they saved from the best plants in autumn. The
idea came from a gardener who could no longer find the lettuce of her childhood in any catalogue.
""",
)
CREDIT = "\nPublished in The Harbour Courier, March 12th, 2024\n"


class Ended(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ended:
        code = main(list(arguments))
        captured = capfdbinary.readouterr()
        return Ended(code, captured.out.decode(), captured.err.decode())

    return call


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """Write files into the folder `corpus`; a double underscore in a name stands for the dot."""

    def write(**files: str | bytes) -> Path:
        where = tmp_path / "corpus"
        where.mkdir(exist_ok=True)
        for name, body in files.items():
            (where / name.replace("__", ".")).write_bytes(body if isinstance(body, bytes) else body.encode())
        return where

    return write


@pytest.fixture
def faulty(corpus: Callable[..., Path]) -> Path:
    """Write a corpus of three documents without date and outlet, and one with both."""
    return corpus(**{f"old{n}__txt": ARTICLES[n] for n in range(3)}, good__txt=ARTICLES[3] + CREDIT)


@pytest.fixture
def article() -> str:
    """Give an article that says what it is."""
    return ARTICLE


@pytest.fixture
def articles() -> Sequence[str]:
    """Give articles without date and outlet."""
    return ARTICLES


@pytest.fixture
def credit() -> str:
    """Give the line that says when and where an article was published."""
    return CREDIT
