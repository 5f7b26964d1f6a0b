"""What the form of an act needs to know: whether it may happen now, and what its proposals rest on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.notifications.rules import told_of
from standards_wf.services.access import entrance_to
from standards_wf.services.facts import facts_of
from standards_wf.services.plan_numbering import propose_plan_number
from standards_wf.services.project_plans import publisher_of
from standards_wf.services.reading.choices import Choice
from standards_wf.services.reading.plans import plan_choices
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.two_persons import rule_for
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.machine import PROJECT_MACHINE, Decision
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Action, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """One act on one project, decided for the asker."""

    head: Head
    decision: Decision
    rules: Rules
    is_revision: bool
    closes_on: date | None
    plan_number: str
    """The plan number that is proposed, where the act enters the project into the plan."""
    plans: tuple[Choice, ...]
    """The plans that the project could be added to, where the act enters it into one."""
    recipients: tuple[Role, ...]
    """Who is told of it, by role."""
    takes_two: bool
    """Whether the asker would only prepare it, for a second person to confirm."""


def act_page(session: Session, project_id: int, action: Action, actor: Actor, moment: Moment) -> ActPage:
    """One act of a project, for somebody who may see the project. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor, to_the_front=True)
    project = entrance.project
    aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, [action])
    facts = facts_of(session, entrance, aspects, moment=moment)
    closes_on = session.scalar(
        select(ConsultationRound.closes_on).where(
            ConsultationRound.project_id == project.id, ConsultationRound.closed_on.is_(None)
        )
    )
    return ActPage(
        head=head_at(session, entrance, actor),
        decision=PROJECT_MACHINE.decide(action, facts, actor),
        rules=facts.rules,
        is_revision=project.is_revision,
        closes_on=closes_on,
        plan_number=propose_plan_number(session, project, moment.day.year) if action is Action.APPROVE_PROJECT else "",
        plans=plan_choices(session, publisher_of(project), project.kind) if action is Action.APPROVE_PROJECT else (),
        recipients=told_of(action),
        takes_two=rule_for(session, action, actor) is not None,
    )
