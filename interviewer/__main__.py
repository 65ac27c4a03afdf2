"""`python -m interviewer` is `interview`."""

from interviewer.cli import main

main(prog_name="interview")
