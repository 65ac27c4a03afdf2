"""Words as data: sentences, terms, cues, vectors; nothing here judges."""
