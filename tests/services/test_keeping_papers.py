"""Who keeps and brings papers, and what the package shows of them."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import UploadRefused
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.drafts import Attachment
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Review
from standards_wf.services.access import actor_of, entrance_to
from standards_wf.services.drafts import Upload
from standards_wf.services.papers import (
    AttachPaper,
    PaperState,
    attach_paper,
    generate,
    make_paper,
    package_of_project,
)
from standards_wf.services.problems import PaperProblem
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import (
    Disposition,
    Event,
    Paper,
    Stage,
)
from tests.services.cases import Case, act, make_case, project_of
from tests.services.paper_hands import PDF, comment_on, kept, made, with_text
from tests.services.texts import LIMITS


def test_a_stranger_is_told_that_there_is_no_such_case(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    stranger = actor_of(session, case.stranger, moment.day)

    with pytest.raises(NotFound):
        make_paper(session, case.project_id, Paper.STANDARD_BODY, actor=stranger, moment=moment)
    with pytest.raises(NotFound):
        act(
            session,
            partial(attach_paper, store=store, limits=LIMITS),
            AttachPaper(project_id=case.project_id, paper=Paper.TEST_REPORT, upload=Upload("报告.pdf", PDF)),
            person=case.stranger,
            moment=moment,
        )


def test_the_same_paper_is_entered_once_however_often_it_is_made(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)
    first = kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.drafter, store, moment)

    again = kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.drafter, store, moment)
    with unit_of_work(session):
        generate(session, store, case.project_id, Paper.COMMENT_TABLE, moment)

    assert again.id == first.id
    assert session.scalars(select(Attachment.id)).all() == [first.id]
    assert store.get(first.sha256).startswith(b"PK")


def test_a_paper_that_somebody_asked_for_is_recorded_and_one_of_the_worker_is_not(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)
    before = project_of(session, case)
    seq, version = before.last_event_seq, before.version
    with unit_of_work(session):
        generate(session, store, case.project_id, Paper.COMMENT_TABLE, moment)
    assert project_of(session, case).last_event_seq == seq

    tomorrow = Moment(moment.at + timedelta(days=1), moment.day + timedelta(days=1))
    kept(session, made(session, case, Paper.COMMENT_TABLE, tomorrow), case.secretary, store, tomorrow)

    project = project_of(session, case)
    assert (project.last_event_seq, project.version) == (seq + 1, version)
    last = select(LifecycleEvent.action).where(LifecycleEvent.project_id == project.id, LifecycleEvent.seq == seq + 1)
    assert session.scalars(last).one() == Event.PAPER_GENERATED


def test_who_only_reviews_a_text_keeps_no_papers(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)

    with pytest.raises(Forbidden):
        kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.members[0], store, moment)


def brought(
    session: Session, case: Case, person: int, store: FileStore, moment: Moment, paper: Paper = Paper.TEST_REPORT
) -> Attachment:
    command = AttachPaper(project_id=case.project_id, paper=paper, upload=Upload("报 告.pdf", PDF))
    return act(session, partial(attach_paper, store=store, limits=LIMITS), command, person=person, moment=moment)


def test_papers_are_brought_by_those_who_keep_the_case(session: Session, store: FileStore, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)

    for person in (case.drafter, case.secretary, case.department, case.authority):
        attachment = brought(session, case, person, store, moment)
        assert attachment.at_seq == project_of(session, case).last_event_seq
        assert store.get(attachment.sha256) == PDF
    with pytest.raises(Forbidden):
        brought(session, case, case.members[0], store, moment)
    with pytest.raises(Invalid) as told:
        brought(session, case, case.drafter, store, moment, Paper.STANDARD_BODY)
    assert told.value.fields["paper"].code is PaperProblem.IS_THE_TEXT


def test_a_proposer_brings_the_application_form_and_only_while_applying(
    session: Session, store: FileStore, moment: Moment
) -> None:
    for stage, allowed in ((Stage.APPLIED, True), (Stage.DRAFTING, False)):
        case = make_case(session, moment, stage=stage)
        with unit_of_work(session):
            session.get_one(Project, case.project_id).proposer_id = case.stranger
        with pytest.raises(Forbidden if allowed else NotFound):
            brought(session, case, case.stranger, store, moment)
        if allowed:
            brought(session, case, case.stranger, store, moment, Paper.APPLICATION_FORM)
        else:
            with pytest.raises(NotFound):
                brought(session, case, case.stranger, store, moment, Paper.APPLICATION_FORM)


def test_nothing_is_brought_to_a_closed_case_and_nothing_harmful_to_any(
    session: Session, store: FileStore, moment: Moment
) -> None:
    closed = make_case(session, moment, stage=Stage.TERMINATED)
    with pytest.raises(Forbidden):
        brought(session, closed, closed.authority, store, moment)
    case = make_case(session, moment, stage=Stage.DRAFTING)
    harmful = AttachPaper(
        project_id=case.project_id, paper=Paper.TEST_REPORT, upload=Upload("报告.pdf", b"<html></html>")
    )
    drafter = actor_of(session, case.drafter, moment.day)
    with pytest.raises(UploadRefused):
        attach_paper(session, harmful, store=store, limits=LIMITS, actor=drafter, moment=moment)


def test_the_package_shows_what_is_there_what_is_missing_and_what_is_outdated(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)
    old = brought(session, case, case.drafter, store, moment, Paper.SUBMISSION_LETTER)
    with unit_of_work(session):
        session.query(Review).filter_by(project_id=case.project_id).update({"began_seq": old.at_seq + 1})
    new = brought(session, case, case.drafter, store, moment, Paper.SUBMISSION_LIST)
    session.rollback()

    entrance = entrance_to(session, case.project_id, actor_of(session, case.drafter, moment.day))
    package = {each.paper: each for each in package_of_project(session, entrance, moment=moment)}

    assert package[Paper.SUBMISSION_LETTER].state is PaperState.OUTDATED
    assert package[Paper.SUBMISSION_LETTER].attachment_id == old.id
    assert package[Paper.SUBMISSION_LIST].state is PaperState.THERE
    assert package[Paper.SUBMISSION_LIST].attachment_id == new.id
    assert package[Paper.COMMENT_TABLE].state is PaperState.MISSING
    assert package[Paper.COMMENT_TABLE].made_here
    assert package[Paper.STANDARD_BODY].is_text
