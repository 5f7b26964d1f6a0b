"""Proving a procedure: a small world in which every act is tried, and what it shows about the table."""
