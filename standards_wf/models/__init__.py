"""What the system remembers: tables and constraints, one file for each aggregate."""
