"""Asking a rulebook: what is wrong with it, what a reform does, where two differ."""
