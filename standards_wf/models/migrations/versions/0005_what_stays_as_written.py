"""Triggers that keep what was written: history and seals only grow, texts, files and votes stay as they are."""

from collections.abc import Iterator

from alembic import op

revision = "0005"
down_revision = "0004"

APPEND_ONLY = ("lifecycle_event", "administration_event", "seal", "sealed_head")
NEVER_CHANGED = ("stored_file", "draft_version", "draft_clause")
NEVER_DELETED = ("stored_file", "draft_version", "draft_clause", "vote")
NUMBERED = {
    "lifecycle_event": "WHERE project_id = NEW.project_id",
    "administration_event": "",
    "seal": "",
}
VOTE_AS_CAST = ("voter_id", "ballot_id", "position", "reason", "cast_at")


def upgrade() -> None:
    write = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql
    for statement in write():
        op.execute(statement)


def _sqlite() -> Iterator[str]:
    for table in (*APPEND_ONLY, *NEVER_CHANGED):
        yield f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, 'a row of {table} is never changed'); END"""
    for table in (*APPEND_ONLY, *NEVER_DELETED):
        yield f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'a row of {table} is never deleted'); END"""
    for table, chain in NUMBERED.items():
        yield f"""CREATE TRIGGER {table}_next_seq BEFORE INSERT ON {table}
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM {table} {chain})
            BEGIN SELECT RAISE(ABORT, 'the seq of {table} must be the next one and unique'); END"""  # noqa: S608
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in VOTE_AS_CAST)
    yield f"""CREATE TRIGGER vote_as_cast BEFORE UPDATE ON vote WHEN {changed}
        BEGIN SELECT RAISE(ABORT, 'a vote stays as it was cast'); END"""


def _postgresql() -> Iterator[str]:
    yield """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
        END $$"""
    for table in (*APPEND_ONLY, *NEVER_CHANGED):
        yield f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW
            EXECUTE FUNCTION refuse_change('a row of {table} is never changed')"""
    for table in (*APPEND_ONLY, *NEVER_DELETED):
        yield f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW
            EXECUTE FUNCTION refuse_change('a row of {table} is never deleted')"""
        yield f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            EXECUTE FUNCTION refuse_change('a row of {table} is never deleted')"""
    for table, chain in NUMBERED.items():
        # Two writers who count at once meet in the unique constraint; the loser of any race hears the same code.
        yield f"""CREATE FUNCTION {table}_must_be_next() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {table} {chain}) THEN
                    RAISE EXCEPTION 'the seq of {table} must be the next one and unique'
                        USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END $$"""  # noqa: S608
        yield f"""CREATE TRIGGER {table}_next_seq BEFORE INSERT ON {table} FOR EACH ROW
            EXECUTE FUNCTION {table}_must_be_next()"""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in VOTE_AS_CAST)
    yield f"""CREATE TRIGGER vote_as_cast BEFORE UPDATE ON vote FOR EACH ROW WHEN ({changed})
        EXECUTE FUNCTION refuse_change('a vote stays as it was cast')"""
