"""Many machines: the spine again, on Spark.

The same stages as `provcheck.corpus`, by the same pure functions, with the same rows and the same verdict. What Spark
could only do otherwise is refused.
"""

from __future__ import annotations

from provcheck.distributed.verbs import scan, validate

__all__ = ["scan", "validate"]
