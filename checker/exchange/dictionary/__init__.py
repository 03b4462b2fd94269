"""The data dictionary of a rulebook: every table and column that is handed in, what may stand there, and who asks for it."""
