"""The compliance checker for organisational regulations."""
