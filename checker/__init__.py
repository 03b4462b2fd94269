"""The compliance checker for organisational regulations."""

__version__ = "0.1.0"
