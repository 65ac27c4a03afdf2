"""The subcommands of `interview`, one module each."""
