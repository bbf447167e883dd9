"""The timeline as a picture: one row a subject, what was done as marks, windows as bars, the day asked as a line."""
