"""The command line: the same services as the pages, for the operator at the machine and for scripts."""
