"""What the candidate wants of the interviewer, told apart from an answer."""
