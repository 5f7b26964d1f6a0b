"""What the frame of every page says about the installation."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from standards_wf.models.people import Person
from standards_wf.models.projects import Project


def has_demonstration_data(session: Session) -> bool:
    """Whether there is a project or a person that is an example without effect."""
    return bool(
        session.scalar(
            select(
                or_(
                    select(Project.id).where(Project.is_demonstration).exists(),
                    select(Person.id).where(Person.is_demonstration).exists(),
                )
            )
        )
    )
