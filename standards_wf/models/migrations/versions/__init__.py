"""The numbered steps; each one was read by a person before it was committed."""
