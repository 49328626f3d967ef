"""How dates are written, where they stand, and which of them is the publication date."""
