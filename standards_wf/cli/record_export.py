"""The whole record as lines of JSON, so that somebody else can check it without this program."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.base import Base
from standards_wf.models.history import AdministrationEvent, LifecycleEvent, Seal, SealedHead
from standards_wf.services.record import plain

AT_ONCE = 1000
_PARTS: tuple[tuple[str, type[Base], tuple[str, ...]], ...] = (
    ("event", LifecycleEvent, ("project_id", "seq")),
    ("administration", AdministrationEvent, ("seq",)),
    ("seal", Seal, ("seq",)),
    ("sealed_head", SealedHead, ("seal_seq", "chain")),
)


def export_record(session: Session, file: Path) -> int:
    """Write every row of the record to a file, and say how many there are."""
    written = 0
    try:
        with file.open("w", encoding="utf-8") as stream:
            for row in _rows(session):
                stream.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
                written += 1
    except OSError as error:
        raise click.FileError(str(file), error.strerror or "") from error
    return written


def _rows(session: Session) -> Iterator[object]:
    for name, model, order in _PARTS:
        columns = [column for column in model.__table__.columns if column.name != "id"]
        by = [model.__table__.columns[column] for column in order]
        for row in session.execute(select(*columns).order_by(*by).execution_options(yield_per=AT_ONCE)):
            yield plain({"row": name, **row._mapping})  # noqa: SLF001  SQLAlchemy's public name for a row by column
