"""What runs outside the program: the commands behind make, and the maker of the Word templates."""
