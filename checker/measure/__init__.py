"""Compiles each rule to a query and runs it, giving outcomes; takes the conclusions back and joins them."""
