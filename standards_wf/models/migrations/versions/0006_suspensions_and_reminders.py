"""What keeps time: suspensions of projects, and the reminders that were sent."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
