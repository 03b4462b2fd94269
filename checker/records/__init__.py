"""Reads a submission into tables of text that remember where every row came from; `opening` is where that begins."""
