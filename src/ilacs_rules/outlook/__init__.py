"""Answers out, as people look at them: one definition of what is shown, and a shape for each place where it is read."""
