"""The one error of this package that a person gets to read."""


class RubricError(Exception):
    """A rubric is wrong or missing; the message names file, line, key and remedy."""
