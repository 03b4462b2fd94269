"""The command line: parses, calls the library, writes what comes back, and exits."""

COMPLETE = "_CHECKER_COMPLETE"
"""The variable of the environment by which a shell asks what can be written."""
