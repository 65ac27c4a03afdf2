"""Judging answers: which points they cover, at which level they are, how sure that is."""
