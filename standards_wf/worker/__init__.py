"""The worker: what is done after the commit, and the daily acts of the clock."""
