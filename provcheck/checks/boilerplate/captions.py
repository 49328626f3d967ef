"""Lines that say of themselves that they are captions: ``Archivbild (16.08.2024): …``, ``… File image``.

A caption in a full sentence reads like the article, and the model keeps it where no agency is named in it. Where it
begins or ends with what picture desks label their pictures with, nothing is left to doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate.names import AT
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts

FEWEST_WORDS, MOST_WORDS, LONGEST = 3, 80, 1000
"""A caption has more and fewer words than these, and fewer characters."""

LABELS = (
    r"file (?:photo|image|picture)|archiv(?:bild|foto)|symbol(?:bild|foto)"
    r"|photo d.archives?|(?:photo|image) d.illustration|(?:foto|imagen|fotografía) de archivo"
    r"|(?:foto|imagem) de arquivo|imagem ilustrativa|foto ilustrativa"
    r"|foto d.archivio|(?:foto|immagine) di repertorio|archief(?:foto|beeld)"
    r"|arkiv(?:bild|foto)|genrebild|illustrasjonsfoto|arkistokuva|kuvituskuva"
    r"|zdjęcie (?:ilustracyjne|poglądowe)|(?:ilustrační|archivní) (?:foto|snímek)|ilustračn[éá] (?:foto|fotografia)"
    r"|illusztráció|foto ilustrativ|imagine ilustrativă|arşiv fotoğrafı|temsili (?:fotoğraf|görsel)"
    r"|(?:архивное|иллюстративное) фото|(?:архівне|ілюстративне) фото|foto (?:ilustrasi|arsip)|gambar (?:hiasan|fail)"
    r"|ảnh (?:minh họa|tư liệu)|資料写真|资料图|자료 ?사진|صورة (?:أرشيفية|تعبيرية)|फ़?ाइल फोटो"
)
"""What picture desks call pictures from the archive and pictures that stand for others, in some 25 languages.

Each of them is a phrase of captions in `boilerplate_words.json` too, by which the lines are found.
"""

# a label at the beginning or at the end, but for marks around it; "Pictured" begins captions alone
_CAPTION = late(
    rf"^\W*(?:(?:{LABELS})\b|pictured\b[^.]*\b(?:left|right|with|is|are)\b)|(?:{LABELS})\W*$", re.IGNORECASE
)


def labelled(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str]) -> NDArray[np.int64]:
    """The places of such lines, in order; none of a text that has no more besides, such as a photographer's.

    `flagged` are the lines that are none of the article anyway.
    """
    words, said = facts.features[AT["words"]], facts.features[AT["caption_words"]]
    short = (words < np.log1p(MOST_WORDS)) & (facts.features[AT["length"]] < np.log1p(LONGEST))
    possible = np.flatnonzero((said > 0) & (words > np.log1p(FEWEST_WORDS)) & short)
    found = np.zeros_like(flagged)
    found[[at for at in possible.tolist() if _CAPTION.search(texts[at].strip())]] = True
    size = np.expm1(words)
    captions, rest = (
        np.add.reduceat(np.where(some, size, 0), facts.bounds.begins) for some in (found, ~found & ~flagged)
    )
    return np.flatnonzero(found & (captions < rest)[facts.bounds.document])
