"""The entrance: confirmed suggestions, merged ones and their answers, the year's call and plan, joint projects."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing yet."""
