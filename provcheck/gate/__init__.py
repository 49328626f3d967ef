"""The gate: the only importer of Great Expectations."""
