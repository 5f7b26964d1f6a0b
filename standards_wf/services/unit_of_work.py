"""One act, one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from standards_wf.errors import EditConflict, Unavailable
from standards_wf.models.database import WRITING

_IN_UNIT_OF_WORK = "in_unit_of_work"


@contextmanager
def unit_of_work(session: Session) -> Iterator[Session]:
    """Take the write lock before the first read, commit at the end, roll back on any exception.

    On SQLite the transaction is the only writer from its beginning. On PostgreSQL the doors of `access` lock the rows
    they hand out. A row that somebody else changed in the meantime raises EditConflict; a database that cannot be
    reached raises Unavailable.
    """
    with _writing(session, session.commit):
        yield session


@contextmanager
def rehearsal(session: Session) -> Iterator[Session]:
    """The same for what is only tried: whatever happened in it is rolled back at its end, and nothing is ever kept."""
    with _writing(session, session.rollback):
        yield session


@contextmanager
def _writing(session: Session, end: Callable[[], None]) -> Iterator[None]:
    if session.new or session.dirty or session.deleted:
        raise ValueError("a unit of work starts from a session with nothing unsaved")
    session.rollback()
    session.info[_IN_UNIT_OF_WORK] = True
    try:
        session.connection(execution_options={WRITING: True})
        yield
        end()
    except StaleDataError as stale:
        session.rollback()
        raise EditConflict from stale
    except IntegrityError as clash:
        session.rollback()
        if _is_a_race(clash):
            raise EditConflict from clash
        raise
    except OperationalError as broken:
        session.rollback()
        raise Unavailable("database") from broken
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_IN_UNIT_OF_WORK, None)


def is_writing(session: Session) -> bool:
    """Whether a unit of work is open, so that what is handed out must be locked."""
    return bool(session.info.get(_IN_UNIT_OF_WORK))


def _is_a_race(clash: IntegrityError) -> bool:
    """Two people claimed the same place at once: a number, a sequence number, the one open ballot."""
    said = str(clash.orig).lower()
    return "unique" in said or "duplicate key" in said
