"""Rows in: events and subjects from columns, refused rows out."""
