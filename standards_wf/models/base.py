"""What all tables share: the base class, the names of constraints, the column types for codes and instants."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: timezone-aware UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # asked so
        """Refuse an instant without a zone; keep UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # asked so
        """Give back UTC; SQLite has dropped the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UTCDateTime(), str: Text()}  # noqa: RUF012  # read by SQLAlchemy at class creation


def code(values: type[StrEnum], name: str) -> Enum:
    """A column of codes: kept as text, checked by the database, an enum in Python."""

    def _values(members: type[StrEnum]) -> list[str]:
        return [member.value for member in members]

    return Enum(values, name=name, native_enum=False, create_constraint=True, length=40, values_callable=_values)


def code_of_table(values: type[StrEnum], name: str) -> Enum:
    """A column of codes, kept as text, that refers to the table which lists them; an enum in Python."""
    return code_without_list(values, name)


def code_without_list(values: type[StrEnum], name: str) -> Enum:
    """A column of codes, kept as text, an enum in Python: the database has no list, which may grow without a step."""

    def _values(members: type[StrEnum]) -> list[str]:
        return [member.value for member in members]

    return Enum(values, name=name, native_enum=False, length=40, values_callable=_values)


HIGHEST_IDENTITY = 2**31 - 1


def is_identity(number: int) -> bool:
    """Whether a row can bear this number at all; a database that is asked for a larger one breaks off."""
    return 0 < number <= HIGHEST_IDENTITY


SHORT = String(200)
SHA256 = String(64)
