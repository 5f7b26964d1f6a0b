"""The demonstration data: the named deliverables of the plan, played as cases of the three kinds."""
