"""The forms that an act makes due, and what the worker makes of them."""

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.services.due_papers import DUE_WITH, papers_due
from standards_wf.services.paper_contexts import FORMS
from standards_wf.services.papers import PAPER_OF
from standards_wf.services.record import Happening, append
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.packages import belongs_to
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Effect, Event, Kind, Paper, ReviewMode, Role, Stage
from tests.services.cases import Case, make_case, project_of


def after(session: Session, case: Case, what: Action | Event, moment: Moment) -> tuple[Paper, ...]:
    with unit_of_work(session):
        project = project_of(session, case)
        happening = Happening(action=what, role=Role.SYSTEM, to_stage=project.stage)
        seq = append(session, project, happening, actor=SYSTEM_ACTOR, moment=moment).seq
    return papers_due(session, case.project_id, seq)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Kind.LOCAL_STANDARD, (Paper.FILING_FORM,)),
        (Kind.GROUP_STANDARD, (Paper.DISCLOSURE_FORM,)),
        (Kind.METROLOGY_SPECIFICATION, ()),
    ],
)
def test_publishing_makes_the_forms_of_the_kind_due(
    session: Session, moment: Moment, kind: Kind, due: tuple[Paper, ...]
) -> None:
    case = make_case(session, moment, kind=kind, stage=Stage.APPROVAL)

    assert after(session, case, Action.PUBLISH, moment) == due
    assert after(session, case, Event.VOTE_CAST, moment) == ()


@pytest.mark.parametrize(
    ("mode", "opened", "closed"),
    [
        (ReviewMode.MEETING, (Paper.BALLOT_PAPER,), ()),
        (ReviewMode.LETTER, (Paper.REVIEW_NOTICE, Paper.BALLOT_PAPER), (Paper.BALLOT_CONCLUSION,)),
    ],
)
def test_a_letter_ballot_has_its_notice_and_its_conclusion(
    session: Session, moment: Moment, mode: ReviewMode, opened: tuple[Paper, ...], closed: tuple[Paper, ...]
) -> None:
    case = make_case(session, moment, mode=mode)

    assert after(session, case, Event.BALLOT_OPENED, moment) == opened
    assert after(session, case, Event.BALLOT_CLOSED, moment) == closed


def test_every_form_of_the_procedure_comes_due_by_some_act_of_which_people_are_told() -> None:
    due = {paper for papers in DUE_WITH.values() for paper in papers} | {Paper.BALLOT_CONCLUSION}
    assert due | set(PAPER_OF.values()) == set(FORMS)

    for kind, table in PROCEDURES.items():
        for row in table.rows:
            if any(belongs_to(paper, kind) for paper in DUE_WITH.get(row.action, ())):
                assert Effect.NOTIFY in row.effects, (kind, row.source, row.action)
