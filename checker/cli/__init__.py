"""The command line: parses, calls the library, writes what comes back, and exits."""
