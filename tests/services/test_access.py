"""The doors: who may see what, and who is told that there is no such thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, NotFound
from standards_wf.models.consultations import Comment
from standards_wf.models.documents import Notice, NoticeKind, Publication
from standards_wf.models.drafts import Attachment, DraftVersion, Origin, StoredFile
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services import access
from standards_wf.services.consultations import SendComment, send_comment
from standards_wf.services.record import sha256
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, VISITOR, Actor, Grant, ScopeKind
from standards_wf.workflow.vocabulary import DraftStage, Kind, Paper, Role, Stage
from tests.services.cases import Case, act, make_case
from tests.services.situations import attach_text, in_consultation, published, round_of

ADMINISTRATOR = Actor(name="administrator", grants=frozenset({Grant(Role.ADMINISTRATOR, ScopeKind.SYSTEM)}))
INSIDERS = ("authority", "department", "secretary", "chair", "member", "drafter", "invited", "administrator", "clock")
OUTSIDERS = ("stranger", "visitor", "other_secretary")


@dataclass(frozen=True, slots=True)
class Door:
    """A door with something behind it: it opens for an actor, or raises NotFound."""

    open: Callable[[Session, Actor], object]


def who(session: Session, case: Case, name: str, moment: Moment) -> Actor:
    """Somebody around a case, or somebody who has nothing to do with it."""
    match name:
        case "administrator":
            return ADMINISTRATOR
        case "clock":
            return SYSTEM_ACTOR
        case "visitor":
            return VISITOR
        case "member":
            return access.actor_of(session, case.members[0], moment.day)
        case "other_secretary":
            return access.actor_of(session, make_case(session, moment).secretary, moment.day)
        case _:
            return access.actor_of(session, getattr(case, name), moment.day)


def is_open(session: Session, door: Door, actor: Actor) -> bool:
    try:
        return door.open(session, actor) is not None
    except NotFound:
        return False


def number_of(session: Session, draft_id: int) -> int:
    return session.scalars(select(DraftVersion.number).where(DraftVersion.id == draft_id)).one()


def door_of_draft(session: Session, case: Case, draft_id: int) -> Door:
    number = number_of(session, draft_id)
    return Door(lambda session, actor: access.draft_for(session, case.project_id, number, actor))


def a_draft(session: Session, case: Case, moment: Moment, stage: DraftStage) -> Door:
    with unit_of_work(session):
        draft_id = attach_text(session, case.project_id, moment, stage)
    return door_of_draft(session, case, draft_id)


# Doors that only the people of the case pass.


def behind_the_door_of_a_project(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment)
    return case, Door(lambda session, actor: access.project_for(session, case.project_id, actor))


def behind_the_door_of_a_working_draft(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment)
    return case, a_draft(session, case, moment, DraftStage.WORKING)


def behind_the_door_of_a_review_draft(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment)
    return case, a_draft(session, case, moment, DraftStage.REVIEW)


def behind_the_door_of_a_text_not_yet_in_consultation(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    return case, a_draft(session, case, moment, DraftStage.CONSULTATION)


def behind_the_door_of_a_text_not_yet_published(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = make_case(session, moment, stage=Stage.APPROVAL)
    return case, a_draft(session, case, moment, DraftStage.PUBLICATION)


def behind_the_door_of_a_text_consulted_among_members(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment, members_only=True)
    return case, door_of_draft(session, case, round_of(session, case).draft_id)


def behind_the_door_of_a_round_among_members(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment, members_only=True)
    round_id = round_of(session, case).id
    return case, Door(lambda session, actor: access.consultation_for(session, round_id, actor))


def behind_the_door_of_a_comment(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment)
    command = SendComment(round_id=round_of(session, case).id, text="意见", author="市民")
    comment_id = act(session, send_comment, command, person=VISITOR, moment=moment).id
    return case, Door(lambda session, actor: access.comment_for(session, comment_id, actor))


def behind_the_door_of_a_ballot(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = make_case(session, moment)
    with unit_of_work(session):
        review_id = session.scalars(select(Review.id).where(Review.project_id == case.project_id)).one()
        ballot = Ballot(review_id=review_id, opened_on=moment.day, opened_at=moment.at, closes_on=moment.day)
        session.add(ballot)
        session.flush()
        ballot_id = ballot.id
    return case, Door(lambda session, actor: access.ballot_for(session, ballot_id, actor))


def behind_the_door_of_a_paper(session: Session, moment: Moment) -> tuple[Case, Door]:
    case = in_consultation(session, moment)
    with unit_of_work(session):
        content = sha256(f"paper {case.project_id}")
        session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=moment.at))
        session.flush()
        paper = Attachment(
            project_id=case.project_id,
            paper=Paper.TEST_REPORT,
            sha256=content,
            filename="report.docx",
            origin=Origin.UPLOADED,
            attached_at=moment.at,
            at_seq=1,
            on_day=moment.day,
        )
        session.add(paper)
        session.flush()
        paper_id = paper.id
    return case, Door(lambda session, actor: access.attachment_for(session, paper_id, actor))


CLOSED = (
    behind_the_door_of_a_project,
    behind_the_door_of_a_working_draft,
    behind_the_door_of_a_review_draft,
    behind_the_door_of_a_text_not_yet_in_consultation,
    behind_the_door_of_a_text_not_yet_published,
    behind_the_door_of_a_text_consulted_among_members,
    behind_the_door_of_a_round_among_members,
    behind_the_door_of_a_comment,
    behind_the_door_of_a_ballot,
    behind_the_door_of_a_paper,
)


@pytest.mark.parametrize("behind", CLOSED)
def test_the_people_of_a_case_pass_and_everybody_else_is_told_that_it_is_not_found(
    session: Session, moment: Moment, behind: Callable[[Session, Moment], tuple[Case, Door]]
) -> None:
    case, door = behind(session, moment)
    opened = {name for name in (*INSIDERS, *OUTSIDERS) if is_open(session, door, who(session, case, name, moment))}
    assert opened == set(INSIDERS)


def test_a_text_is_public_from_the_consultation_on(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    consulted = round_of(session, case)
    door = door_of_draft(session, case, consulted.draft_id)
    assert is_open(session, door, VISITOR)
    assert access.consultation_for(session, consulted.id, VISITOR).id == consulted.id
    newer = a_draft(session, case, moment, DraftStage.CONSULTATION)
    assert not is_open(session, newer, VISITOR)


def test_a_text_is_public_when_it_is_published_and_no_other_version_with_it(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 5—2025")
    text = session.scalars(select(Publication.draft_id)).one()
    assert text is not None
    assert is_open(session, door_of_draft(session, case, text), VISITOR)
    assert not is_open(session, a_draft(session, case, moment, DraftStage.PUBLICATION), VISITOR)
    assert not is_open(session, a_draft(session, case, moment, DraftStage.REVIEW), VISITOR)


def test_a_document_is_found_by_its_address_and_its_case_once_it_is_published(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 5—2025")
    slug = session.scalars(select(Publication.slug)).one()
    assert access.publication_by_slug(session, slug).project_id == case.project_id
    assert access.publication_for(session, case.project_id).slug == slug
    with unit_of_work(session):
        session.get_one(Publication, case.project_id).published_at = None
    with pytest.raises(NotFound):
        access.publication_by_slug(session, slug)
    with pytest.raises(NotFound):
        access.publication_for(session, case.project_id)
    assert not is_open(session, Door(lambda own, actor: access.project_for(own, case.project_id, actor)), VISITOR)


def test_everybody_reads_a_notice(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.ABOLITION_NOTICE)
    with unit_of_work(session):
        notice = Notice(
            project_id=case.project_id, kind=NoticeKind.BEFORE_ABOLITION, opened_on=moment.day, ends_on=moment.day
        )
        session.add(notice)
        session.flush()
        notice_id = notice.id
    found, project = access.notice_for(session, notice_id)
    assert (found.id, project.id) == (notice_id, case.project_id)


ABSENT: tuple[Callable[[Session], object], ...] = (
    lambda session: access.project_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.draft_for(session, 10**6, 1, ADMINISTRATOR),
    lambda session: access.consultation_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.comment_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.ballot_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.notice_for(session, 10**6),
    lambda session: access.attachment_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.publication_by_slug(session, "nothing"),
    lambda session: access.publication_for(session, 10**6),
    lambda session: access.committee_for(session, 10**6, ADMINISTRATOR),
    lambda session: access.actor_of(session, 10**6, date(2025, 6, 2)),
)


@pytest.mark.parametrize("ask", ABSENT)
def test_what_does_not_exist_is_not_found(session: Session, ask: Callable[[Session], object]) -> None:
    with pytest.raises(NotFound):
        ask(session)


def test_a_role_counts_from_its_first_day_to_its_last(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    with unit_of_work(session):
        grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == case.secretary)).one()
        grant.valid_from, grant.valid_to = moment.day, moment.day + timedelta(days=10)
    door = Door(lambda session, actor: access.project_for(session, case.project_id, actor))
    passed = {
        days: is_open(session, door, access.actor_of(session, case.secretary, moment.day + timedelta(days=days)))
        for days in (-1, 0, 10, 11)
    }
    assert passed == {-1: False, 0: True, 10: True, 11: False}


def test_who_has_left_is_nobody(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    with unit_of_work(session):
        session.get_one(Person, case.secretary).active = False
    with pytest.raises(NotFound):
        access.actor_of(session, case.secretary, moment.day)


def test_a_role_held_for_another_body_opens_nothing(session: Session, moment: Moment) -> None:
    mine, other = in_consultation(session, moment), in_consultation(session, moment, kind=Kind.GROUP_STANDARD)
    door = Door(lambda session, actor: access.project_for(session, mine.project_id, actor))
    for name in ("authority", "secretariat", "secretary", "chair", "drafter", "invited"):
        assert not is_open(session, door, who(session, other, name, moment)), name


def test_who_suggested_a_case_sees_it_while_it_is_a_proposal(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.APPRAISAL)
    with unit_of_work(session):
        session.get_one(Project, case.project_id).proposer_id = case.stranger
    entrance = access.entrance_to(session, case.project_id, who(session, case, "stranger", moment))
    assert entrance.roles == {Role.PROPOSER, Role.PUBLIC}
    with pytest.raises(Forbidden) as told:
        entrance.require(Role.COMMITTEE_SECRETARY, Role.AUTHORITY)
    assert told.value.reason.params["roles"] == (Role.COMMITTEE_SECRETARY, Role.AUTHORITY)
    assert entrance.require(Role.AUTHORITY, Role.PROPOSER) is Role.PROPOSER


def test_who_only_suggested_a_case_sees_no_more_than_where_it_stands_once_others_work_on_it(
    session: Session, moment: Moment
) -> None:
    case, draft = behind_the_door_of_a_working_draft(session, moment)
    with unit_of_work(session):
        session.get_one(Project, case.project_id).proposer_id = case.stranger
    proposer = who(session, case, "stranger", moment)
    assert not is_open(session, draft, proposer)
    with pytest.raises(NotFound):
        access.entrance_to(session, case.project_id, proposer)
    front = access.entrance_to(session, case.project_id, proposer, to_the_front=True)
    assert front.roles == {Role.PROPOSER, Role.PUBLIC}


def test_a_committee_is_shown_to_those_who_serve_in_it_and_those_who_oversee_it(
    session: Session, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    committee = session.scalars(select(Project.committee_id).where(Project.id == case.project_id)).one()
    assert committee is not None
    door = Door(lambda session, actor: access.committee_for(session, committee, actor))
    opened = {name for name in (*INSIDERS, *OUTSIDERS) if is_open(session, door, who(session, case, name, moment))}
    assert opened == {"authority", "secretary", "chair", "member", "administrator"}


def test_only_the_administrator_administers(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    access.require_administrator(ADMINISTRATOR)
    for name in ("authority", "secretary", "stranger", "visitor", "clock"):
        with pytest.raises(Forbidden):
            access.require_administrator(who(session, case, name, moment))


def test_a_comment_comes_with_its_own_case(session: Session, moment: Moment) -> None:
    case, _ = behind_the_door_of_a_comment(session, moment)
    comment_id = session.scalars(select(Comment.id)).one()
    comment, entrance = access.comment_for(session, comment_id, who(session, case, "drafter", moment))
    assert (comment.project_id, entrance.project.id) == (case.project_id, case.project_id)
    assert Role.DRAFTER in entrance.roles
