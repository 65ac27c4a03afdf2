"""Models as files: which, where from, and whether they are right."""
