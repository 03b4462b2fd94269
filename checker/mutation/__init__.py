"""Mutation testing of rulebooks: the small mistakes in a rule that none of its cases would notice."""
