"""What people do: one function for each act, the same for page, API, command line and test."""
