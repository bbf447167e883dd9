"""What the rulebook answers on real histories, and how what it names compares with what happened."""
