"""Asking back: why not, and what would change an answer."""
