"""Says one thing of a report in words of one language: a finding, a bound, a place, a window."""
