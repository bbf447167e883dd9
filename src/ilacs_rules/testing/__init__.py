"""For other people's tests: strategies, laws, rule coverage."""
