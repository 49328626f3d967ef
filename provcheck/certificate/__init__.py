"""The certificate of a corpus: a statement that these files passed these suites, signed or not.

Others must be able to check it without us, so every form is one that is in use. The statement is an in-toto Statement
v1 with the predicate test-result v0.1 (https://github.com/in-toto/attestation, spec/v1 and
spec/predicates/test-result.md): its `subject` are the files with their SHA-256, its tests the checks of the suites. A
signature is a DSSE envelope around it (https://github.com/secure-systems-lab/dsse). The list of files is also written
as `sha256sum -c` reads it.

What the predicate has no field for goes where the specification lets it go, and no meaning of any other field hangs on
it:

- The settings that decide about the verdict are a resource of `configuration`, as suites and baseline are: whoever
  writes a policy compares digests there. What they are stands in the `annotations` of the resource, which may hold any
  value, so that people and policies can read it; `content` would hold it as base64, and up to 1 KB. Its digest is that
  of those annotations as JSON.
- The version of the tool and the counts of the ledger are no configuration. They stand in a field of the predicate
  called `provcheck`: producers may add fields to any object, under a name that collides with nobody's.
- A file that cannot be read has no digest, which a subject must have. It is named in that field, with the reason, so
  that it is not lost.
- Neither is there a time, a host or a path of the machine. The one day is that of the check of future dates, which the
  verdict depends on.

This room knows texts and bytes; which files there are, `provcheck.witness` tells.
"""

from provcheck.certificate.compare import NO_DIFFERENCES, Differences, anew, differences
from provcheck.certificate.envelope import Envelope
from provcheck.certificate.manifest import lines as manifest
from provcheck.certificate.parse import load, parsed, unwrapped
from provcheck.certificate.statement import Statement

__all__ = [
    "NO_DIFFERENCES",
    "Differences",
    "Envelope",
    "Statement",
    "anew",
    "differences",
    "load",
    "manifest",
    "parsed",
    "unwrapped",
]
