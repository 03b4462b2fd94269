"""The synthetic registry of the city Party organisation, and how it is written down."""
