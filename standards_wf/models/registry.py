"""All tables in one place, for whoever needs the whole schema: migrations, tests."""

from standards_wf.models import (
    consultations,
    documents,
    drafts,
    framework,
    history,
    organizations,
    outbox,
    people,
    projects,
    reviews,
    rules,
)
from standards_wf.models.base import Base

TABLE_MODULES = (
    organizations,
    people,
    projects,
    drafts,
    consultations,
    reviews,
    documents,
    history,
    outbox,
    rules,
    framework,
)

metadata = Base.metadata
