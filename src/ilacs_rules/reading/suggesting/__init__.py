"""A person's own spreadsheet: what its columns seem to be and why, and a small profile to be corrected."""
