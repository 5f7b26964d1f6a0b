"""All tables in one place, for whoever needs the whole schema: migrations, tests."""

from standards_wf.models import (
    amendments,
    citations,
    consultations,
    deputies,
    documents,
    drafts,
    framework,
    history,
    keeping_time,
    kinds,
    organizations,
    outbox,
    people,
    prepared_acts,
    projects,
    reviews,
    rules,
)
from standards_wf.models.base import Base

TABLE_MODULES = (
    kinds,
    organizations,
    people,
    deputies,
    projects,
    keeping_time,
    prepared_acts,
    drafts,
    consultations,
    reviews,
    documents,
    amendments,
    citations,
    history,
    outbox,
    rules,
    framework,
)

metadata = Base.metadata
