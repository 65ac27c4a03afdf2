"""The person across the table: director, brain, language model, live loop, command line."""
