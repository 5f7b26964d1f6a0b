"""Deputies, and acts that one person prepares and another confirms."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
