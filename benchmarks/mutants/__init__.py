"""Small changes to the code, one at a time, and whether any test finds them."""
