"""Questions about columns in, answers out."""
