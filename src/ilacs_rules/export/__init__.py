"""Out of the library: the register of rules as Markdown pages, and JSON Schemas."""

from ilacs_rules.export.markdown import pages, write_pages
from ilacs_rules.export.schemas import schemas, write_schemas

__all__ = ["pages", "schemas", "write_pages", "write_schemas"]
