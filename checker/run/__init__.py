"""Runs a compiled plan over a submission: outcomes, waivers, verdicts, history and standings, in this order."""
