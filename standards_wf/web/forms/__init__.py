"""Reading what people typed, and giving it back when it cannot be accepted."""
