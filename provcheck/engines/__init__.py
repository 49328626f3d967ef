"""Engines run functions over items; they never know what a document is."""
