"""The triggers that keep the record as it was written: which there must be, and which a database has."""

from sqlalchemy import Connection, text

_NO_UPDATE = (
    "lifecycle_event", "administration_event", "seal", "sealed_head", "stored_file", "draft_version", "draft_clause",
)  # fmt: skip
_NO_DELETE = (*_NO_UPDATE, "vote")
_NEXT_SEQ = ("lifecycle_event", "administration_event", "seal")

TRIGGERS: frozenset[str] = frozenset(
    {
        *(f"{table}_no_update" for table in _NO_UPDATE),
        *(f"{table}_no_delete" for table in _NO_DELETE),
        *(f"{table}_next_seq" for table in _NEXT_SEQ),
        "vote_as_cast",
    }
)
NO_TRUNCATE: frozenset[str] = frozenset(f"{table}_no_truncate" for table in _NO_DELETE)
"""PostgreSQL can empty a table without deleting a row, and needs a word against that too."""


def triggers_wanted(connection: Connection) -> frozenset[str]:
    """The triggers that this database must have."""
    return TRIGGERS if connection.dialect.name == "sqlite" else TRIGGERS | NO_TRUNCATE


def triggers_present(connection: Connection) -> frozenset[str]:
    """The triggers that this database has, and that are awake."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"))
    return frozenset(found.scalars())
