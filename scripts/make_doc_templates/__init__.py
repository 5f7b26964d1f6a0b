"""The Word templates of the papers, as a program that a reviewer can read."""
