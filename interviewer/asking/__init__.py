"""What the interviewer does next, and in which words."""
