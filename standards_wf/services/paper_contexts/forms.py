"""The papers that go with a text: note, table of comments, minutes, announcement, out of what the case recorded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import (
    CommentRow,
    CommentTable,
    Expert,
    ExplanatoryNote,
    NoteSection,
    PointRaised,
    PublicationAnnouncement,
    Published,
    ReviewMinutes,
)
from standards_wf.documents.missing import MissingValues
from standards_wf.models import projects
from standards_wf.models.consultations import Comment
from standards_wf.models.documents import Publication
from standards_wf.models.people import Person
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.services.ballots import tally_of
from standards_wf.services.paper_contexts.cases import replaced_in_a_cell
from standards_wf.services.paper_contexts.names import draft_stage_of, names_of, paragraphs
from standards_wf.wording import labels
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.vocabulary import DraftStage, Paper, Position, ReviewMode, ReviewOutcome, Role

_TELEPHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(?:0\d{2,3}[- ]?\d{7,8}(?:[- ]\d{1,5})?|1\d{10})(?!\d)")


def explanatory_note(session: Session, project: Project, day: date) -> ExplanatoryNote:
    """The note under the headings of its kind; six queries."""
    names = names_of(session, project)
    entry = session.get(PlanEntry, project.id)
    rows = session.execute(
        select(projects.ExplanatoryNote.heading, projects.ExplanatoryNote.text).where(
            projects.ExplanatoryNote.project_id == project.id
        )
    )
    written: dict[str, str] = dict(rows.all())
    return ExplanatoryNote(
        kind=project.kind,
        title_zh=project.title_zh,
        draft_stage=draft_stage_of(project),
        drafting_units=names.units,
        completed_on=day,
        sections=tuple(
            NoteSection(heading, paragraphs(written.get(heading, "")))
            for heading in headings_of(project.kind, is_revision=project.is_revision)
        ),
        plan_entry=entry.number if entry else "",
    )


def comment_table(session: Session, project: Project, day: date) -> CommentTable:
    """The comments of all rounds with what became of them; five queries.

    The consultation addresses everybody, so how many were asked and how many kept silent is not known; who answered
    did it by a comment. Raises MissingValues for comments without a disposition.
    """
    names = names_of(session, project)
    comments = session.scalars(select(Comment).where(Comment.project_id == project.id).order_by(Comment.number)).all()
    rows: list[CommentRow] = []
    undisposed: list[str] = []
    for place, comment in enumerate(comments, start=1):
        if comment.disposition is None:
            undisposed.append(f"rows[{place}].disposition")
            continue
        clause = " ".join(part for part in (comment.clause, comment.element) if part) or "全文"
        proposed = f"建议改为：{comment.proposed_change}" if comment.proposed_change else ""
        said = "\n".join(part for part in (comment.text, proposed) if part)
        by = comment.organization or comment.author
        rows.append(CommentRow(clause, said, by, comment.disposition, comment.reason))
    if undisposed:
        raise MissingValues(Paper.COMMENT_TABLE, tuple(undisposed))
    answered = len({row.submitted_by for row in rows})
    telephone = _TELEPHONE.search(project.contact)
    return CommentTable(
        title_zh=project.title_zh,
        handler=names.drafters[0].name if names.drafters else "",
        phone=telephone[0] if telephone else "",
        drafting_unit=names.units[0] if names.units else "",
        filled_on=day,
        rows=tuple(rows),
        units_asked=None,
        units_answered=answered,
        units_commenting=answered,
        units_silent=None,
        draft_words=labels.draft_stage(DraftStage.CONSULTATION, project.kind).zh,
    )


@dataclass(frozen=True, slots=True)
class _Voter:
    """Somebody on the list of the ballot, with the vote that was cast."""

    row: BallotVoter
    vote: Vote | None
    title: str


def review_minutes(session: Session, project: Project, _day: date) -> ReviewMinutes:
    """The minutes of the last review that has any; at most eleven queries.

    Remarks made with a vote are the points raised, votes against with their answers the disagreements. Raises
    MissingValues while no minutes are recorded.
    """
    found = session.execute(
        select(Review, Minutes, Ballot)
        .join(Minutes, Minutes.review_id == Review.id)
        .outerjoin(Ballot, Ballot.review_id == Review.id)
        .where(Review.project_id == project.id)
        .order_by(Review.number.desc())
        .limit(1)
    ).first()
    if found is None:
        raise MissingValues(Paper.REVIEW_MINUTES, ("held_on", "process", "conclusion"))
    review, minutes, ballot = found
    names = names_of(session, project)
    attending = [
        (row, title)
        for row, title in session.execute(
            select(Attendance, Person.title)
            .join(Person, Person.id == Attendance.person_id)
            .where(Attendance.minutes_id == minutes.id)
            .order_by(Attendance.id)
        )
    ]
    voters = _voters(session, ballot)
    entitled = [voter for voter in voters if voter.row.entitled]
    votes = [voter.vote for voter in entitled if voter.vote is not None]
    came = {row.person_id for row, _ in attending}
    present = sum(1 for voter in entitled if voter.vote is not None or voter.row.person_id in came)
    return ReviewMinutes(
        kind=project.kind,
        title_zh=project.title_zh,
        mode=review.mode,
        held_on=minutes.held_on,
        place=minutes.place,
        organiser=names.committee or names.issuer(project.kind),
        chair=_chair(attending, entitled),
        experts=_experts(review, attending, entitled),
        process=paragraphs(minutes.text),
        points=tuple(
            PointRaised("", vote.reason) for vote in votes if vote.reason and vote.position is not Position.AGAINST
        ),
        entitled=len(entitled),
        present=present,
        votes_for=sum(vote.position is Position.FOR for vote in votes),
        votes_against=sum(vote.position is Position.AGAINST for vote in votes),
        abstentions=sum(vote.position is Position.ABSTAIN for vote in votes),
        outcome=review.outcome or _outcome(session, ballot),
        conclusion=paragraphs(minutes.conclusion),
        disagreements=tuple(
            f"{vote.reason}（处理：{vote.answer}）" if vote.answer else vote.reason
            for vote in votes
            if vote.position is Position.AGAINST
        ),
    )


def _voters(session: Session, ballot: Ballot | None) -> list[_Voter]:
    rows = session.execute(
        select(BallotVoter, Vote, Person.title)
        .join(Person, Person.id == BallotVoter.person_id)
        .outerjoin(Vote, Vote.voter_id == BallotVoter.id)
        .where(BallotVoter.ballot_id == (ballot.id if ballot else None))
        .order_by(BallotVoter.id)
    )
    return [_Voter(row, vote, title) for row, vote, title in rows]


_Attending = Sequence[tuple[Attendance, str]]


def _chair(attending: _Attending, entitled: Sequence[_Voter]) -> str:
    """Who was in the chair: a chair of the committee who came or votes, else the secretary who signs."""
    chairs = [row.name for row, _ in attending if row.function == Role.COMMITTEE_CHAIR]
    chairs += [voter.row.name for voter in entitled if voter.row.function == Role.COMMITTEE_CHAIR]
    chairs += [row.name for row, _ in attending if row.function == Role.COMMITTEE_SECRETARY]
    return chairs[0] if chairs else ""


def _experts(review: Review, attending: _Attending, entitled: Sequence[_Voter]) -> tuple[Expert, ...]:
    """Who reviewed: whoever came to the meeting, or whoever had a vote in the letter ballot."""
    if review.mode is ReviewMode.LETTER:
        return tuple(
            Expert(voter.row.name, _capacity(voter.row.function), voter.title, voter.row.organization)
            for voter in entitled
        )
    return tuple(Expert(row.name, _capacity(row.function), title, row.organization) for row, title in attending)


def _capacity(function: str) -> str:
    """What somebody is in the committee; the column is narrow, and the committee is named above."""
    return labels.role(Role(function)).zh.removeprefix("技术委员会")


def _outcome(session: Session, ballot: Ballot | None) -> ReviewOutcome:
    """How the review will end by its votes, while it has not ended yet."""
    tally = tally_of(session, ballot) if ballot else None
    if tally is None or not tally.quorum_met:
        return ReviewOutcome.REPEATED
    return ReviewOutcome.PASSED if tally.approved else ReviewOutcome.FAILED


def publication_announcement(session: Session, project: Project, _day: date) -> PublicationAnnouncement:
    """The announcement of one document; five queries. Raises MissingValues while no publication is prepared."""
    publication = session.get(Publication, project.id)
    if publication is None:
        raise MissingValues(Paper.PUBLICATION_ANNOUNCEMENT, ("documents", "announcement_number", "announced_on"))
    names = names_of(session, project)
    return PublicationAnnouncement(
        kind=project.kind,
        issuer=names.issuer(project.kind),
        announcement_number=publication.announcement_number,
        documents=(
            Published(
                publication.number,
                project.title_zh,
                publication.published_on,
                publication.effective_on,
                replaced_in_a_cell(session, project),
            ),
        ),
        announced_on=publication.published_on,
    )
