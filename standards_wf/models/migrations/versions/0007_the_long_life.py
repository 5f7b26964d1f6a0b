"""The long life: lists of periodic reviews, successors, amendments and corrections, citations and their tasks."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing yet."""
