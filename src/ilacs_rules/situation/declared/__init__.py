"""The facts themselves, by the kind of subject they speak of."""
