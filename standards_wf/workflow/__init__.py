"""The procedure as data and pure functions; it needs nothing but the standard library and `transitions`."""
