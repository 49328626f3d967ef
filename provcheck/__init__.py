"""provcheck."""
