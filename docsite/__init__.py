"""The documentation site: how it is put together from ``docs/``, the docstrings and the rulebook."""
