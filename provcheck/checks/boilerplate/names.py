"""The features by name, in the order in which they stand in the array."""

from __future__ import annotations

SHAPE = (
    "length", "words", "upper", "digits", "ends_in_words", "commas", "colons", "quotes", "dashes", "marks",
    "brackets", "symbols", "sentences", "capitals", "word_length", "first_class", "last_class", "bullet",
    "starts_lower", "ends_sentence", "ends_colon", "indent", "blank_before", "blank_after", "dense",
)  # fmt: skip
"""What a line is made of, and how it is set."""

VOCABULARY = (
    "function_words", "learned_sum", "learned_mean", "learned_best", "learned_worst", "learned_end", "chrome_words",
    "chrome_share", "caption_words",
)  # fmt: skip
"""What its words say, by the lexicon and by learned weights."""

DOCUMENT = ("times_here", "prose", "topic", "topic_often", "echo", "echo_before", "style_prose", "style_share")
"""What it has in common with other lines of the document."""

OWN = (*SHAPE, *VOCABULARY, *DOCUMENT)

SHIFTED = ("words", "ends_sentence", "indent", "learned_mean", "learned_sum", "prose", "style_prose", "topic")
SHIFTS = (-2, -1, 1, 2)
"""Neighbours, and which of their features a line gets as its own."""

SUMMED = ("words", "ends_sentence", "learned_sum", "chrome_words", "prose", "times_here")
WINDOWS = (2, 5, 12)
"""Lines on each side, and of which of their features it gets the sum."""

PLACE = (
    "line_share", "text_share", "lines", "text", "prose_total", "before_main", "behind_main", "main_share",
    "prose_share", "last_prose", "bullets_total", "blank_total", "since_comment", "since_teaser", "until_teaser",
    "prose_length", "unlike_prose",
)  # fmt: skip
"""Where it stands in the document, and what the document is like."""

NAMES = (
    *OWN,
    *(f"{name}{shift:+d}" for shift in SHIFTS for name in SHIFTED),
    *(f"{name}_{side}_{window}" for window in WINDOWS for side in ("before", "behind") for name in SUMMED),
    *PLACE,
)
AT = {name: i for i, name in enumerate(NAMES)}

CARRIED = (
    "words", "length", "ends_sentence", "sentences", "bullet", "capitals", "indent", "chrome_share", "topic",
    "topic_often", "echo", "learned_mean", "learned_sum", "learned_end", "caption_words", "times_here", "style_prose",
    "since_comment", "since_teaser", "until_teaser", "line_share", "lines", "last_class", "digits", "commas", "quotes",
    "blank_before", "blank_after", "prose", "colons", "chrome_words",
)  # fmt: skip
"""The features of the first look that the second sees too."""

NEIGHBOURS = 4
"""So many first opinions on each side."""

WIDE = (4, 10, 25)
"""Lines on each side over which likely text, and likely other words, are summed."""

SPREAD = (0.5, 0.75, 0.9, 1.0)
"""Where among the first opinions on long lines, sorted, those stand that a line is compared with."""

SHARED = ("topic_likely", "topic_sure", "echo_likely")
"""How far the line's words, and its runs of three words, stand in likely text elsewhere."""

DEGREES = ("sure", "likely", "unlikely")
SETTINGS = ("spaced", "marked")
STRETCH = (
    "text_before", "text_behind", "likely_text", "likely_share", "before_stretch", "behind_stretch", "stretch_share",
    "gap",
)  # fmt: skip
"""Where the line stands in the likely text."""

AGAIN = (
    *CARRIED,
    *(f"opinion{shift:+d}" for shift in range(-NEIGHBOURS, NEIGHBOURS + 1)),
    *(f"{what}_{side}_{width}" for width in WIDE for side in ("before", "behind") for what in ("text", "other")),
    *(f"above_{share}" for share in SPREAD), "best", "long_lines",
    *(f"{degree}_{side}" for side in ("before", "behind") for degree in DEGREES),
    *(f"{setting}_{what}" for setting in SETTINGS for what in ("likely", "share")),
    *SHARED,
    *STRETCH,
)  # fmt: skip
"""The features of the second look, in their order."""
