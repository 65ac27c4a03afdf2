"""Outside of an interview: recordings, texts and saved sessions, graded or asked about."""
