"""What good looks like: rounds, questions, criteria with levels and checkable points."""
