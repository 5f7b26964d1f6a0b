"""The resources of the API: each function parses nothing, makes one call, and answers."""
