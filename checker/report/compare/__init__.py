"""Reports compared with one another: what is new, resolved, changed or the same between two, and how figures move over many."""
