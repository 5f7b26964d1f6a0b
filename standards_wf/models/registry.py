"""All tables in one place, for whoever needs the whole schema: migrations, tests."""

from standards_wf.models import (
    amendments,
    citations,
    confirmations,
    consultations,
    deputies,
    documents,
    drafts,
    framework,
    history,
    joint,
    keeping_time,
    kinds,
    numbering,
    organizations,
    outbox,
    people,
    plans,
    prepared_acts,
    projects,
    readings,
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
    readings,
    consultations,
    reviews,
    documents,
    amendments,
    citations,
    numbering,
    history,
    outbox,
    rules,
    framework,
    joint,
    plans,
    confirmations,
)

metadata = Base.metadata
