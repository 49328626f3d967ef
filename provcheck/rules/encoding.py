"""Rules for the way from bytes to text: decoding and repair."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC201",
        "decode-doubtful",
        "warning",
        "read as {encoding} with confidence {confidence:.2f}; {runner_up} is as likely",
        "Two encodings read the bytes as plausible text, and they read it differently.",
        "A wrong choice turns names into other names without leaving a mark.",
        "State the encoding in the configuration, or convert the file to UTF-8.",
    ),
    Rule(
        "PC202",
        "replacement-characters",
        "critical",
        "{count} character(s) were lost before this file was written: {places}",
        "The text holds U+FFFD, which a program writes where it could not decode a byte.",
        "What stood there is lost, and nothing in the file can bring it back.",
        "Fetch the document again from its source, with the right encoding.",
    ),
    Rule(
        "PC203",
        "bytes-lost",
        "critical",
        "{count} byte(s) fit no encoding and were replaced: {places}",
        "Some bytes could not be decoded by the encoding that reads all the others.",
        "The file was damaged or glued together from several; characters are missing.",
        "Look at the places named, and export the file again.",
    ),
    Rule(
        "PC204",
        "mojibake-repaired",
        "warning",
        "mojibake repaired: {detail}",
        "The text had been decoded with a wrong encoding once or more; the damage was undone by a proven round trip.",
        "Mojibake splits words, breaks search and teaches models garbage.",
        "Nothing to do for this run; `provcheck repair` writes the repaired corpus. Mend the program that made it.",
    ),
    Rule(
        "PC205",
        "mojibake-left",
        "critical",
        "mojibake that cannot be undone: {detail}",
        "The text looks as if decoded wrongly, and no round trip restores it without loss.",
        "The words at these places are not what the author wrote.",
        "Fetch the document again from its source.",
    ),
    Rule(
        "PC206",
        "encoding-mixed",
        "warning",
        "{detail}",
        "Parts of the file are in different encodings; each part was decoded by its own.",
        "Files glued together from several sources are decoded wrongly by every tool that expects one encoding.",
        "Convert the parts before they are joined; `provcheck repair` writes the text as UTF-8.",
    ),
    Rule(
        "PC207",
        "encoding-declared-wrong",
        "warning",
        "declared as {declared}, read as {encoding}",
        "The file, its tags or its record name an encoding that does not read its bytes.",
        "Tools that believe the declaration get other characters.",
        "Correct the declaration, or convert the file to UTF-8.",
    ),
)
