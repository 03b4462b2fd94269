"""The words of the domain as frozen values. Nothing here reads, counts or writes."""
