"""What happened: sessions, turns and scores on disk; replay, report page, progress."""
