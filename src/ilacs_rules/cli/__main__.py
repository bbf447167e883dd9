"""``python -m ilacs_rules.cli``: the same as ``ilacs-rules``."""

from ilacs_rules.cli import main

if __name__ == "__main__":
    main()
