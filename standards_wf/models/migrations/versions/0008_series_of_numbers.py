"""Series of document numbers: what is reserved, what is unusable, and why."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing yet."""
