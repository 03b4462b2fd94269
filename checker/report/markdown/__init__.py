"""Markdown, for issues, wikis and the summaries of jobs: of a whole report, and of what is unmet."""
