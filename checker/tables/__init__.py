"""The tables of a run: their names, their columns, how they are read, and the windows that they speak of."""
