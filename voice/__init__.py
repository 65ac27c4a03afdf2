"""Sound and words: microphone, recorded candidate, end of turn, transcription, speech."""
