"""What an answer tells: kinds of evidence, mistakes of the field, words to take up."""
