"""What the person sees while they talk, and the keys."""
