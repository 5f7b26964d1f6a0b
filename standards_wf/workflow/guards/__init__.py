"""The questions of the procedure: pure functions of facts that answer with `None` or with a reason."""
