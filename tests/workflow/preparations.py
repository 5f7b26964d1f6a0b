"""What people do between the acts of the procedure, as a random life does it: anything, in any order, at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from io import BytesIO

from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Cover, Tree
from standards_wf.documents.inspect import UploadLimits
from standards_wf.documents.reading import ReadClause, ReadDraft
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.services.appraisals import NamedExpert, RecordAppraisal, record_appraisal
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.consultations import DisposeComment, SendComment, dispose_comment, send_comment
from standards_wf.services.drafts import AttachDraft, PreparedDraft, Upload, attach_draft
from standards_wf.services.explanatory_notes import WriteExplanatoryNote, write_explanatory_note
from standards_wf.services.papers import AttachPaper, MadePaper, attach_paper, keep_paper
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.projects import ChangeParticulars, change_particulars
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reviews import (
    AnswerObjection,
    RecordMinutes,
    SendPapers,
    SetReviewDate,
    SignMinutes,
    answer_objection,
    record_minutes,
    send_papers,
    set_review_date,
    sign_minutes,
)
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import VISITOR, Actor
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.packages import TO_BE_FILLED_IN, body_of, package_of
from standards_wf.workflow.vocabulary import (
    Action,
    Conclusion,
    Disposition,
    DraftStage,
    Paper,
    Position,
    ReviewMode,
    Role,
    Stage,
)
from tests.support.scene import MEMBERS, Scene


@dataclass(frozen=True, slots=True)
class Hand:
    """Whoever prepares something, and all that it takes."""

    session: Session
    scene: Scene
    store: FileStore
    project: Project
    moment: Moment
    chance: int
    """Decides where there is something to choose."""

    def actor(self, login: str) -> Actor:
        return self.scene.actor(self.session, login, self.moment)

    @property
    def keeper(self) -> Actor:
        return self.actor("association" if KINDS[self.project.kind].issued_by_group else "clerk")

    @property
    def applicant(self) -> Actor:
        by_role = {Role.COMPETENT_DEPARTMENT: "department", Role.GROUP_SECRETARIAT: "association"}
        return self.actor(by_role.get(KINDS[self.project.kind].applicants[0], "secretary"))


@cache
def _docx(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


_CLAUSE = ReadClause(
    position=1, label="1", title="范围", text="本文件规定了要求。", level=1, anchor="c1", kind=ClauseKind.CHAPTER
)
_READ = ReadDraft(Tree(cover=Cover(title="文件"), sections=()), (_CLAUSE,))


def complete_application(hand: Hand) -> None:
    command = ChangeParticulars(
        project_id=hand.project.id,
        title_en="A document",
        purpose="目的",
        necessity="必要性",
        scope="范围",
        technical_content="技术内容",
        relation_to_laws="协调一致",
        contact="联系人",
        proposed_months=12,
        drafting_units=("示例市计量测试研究院",),
    )
    change_particulars(hand.session, command, actor=hand.applicant, moment=hand.moment)
    if KINDS[hand.project.kind].needs_signed_form:
        _keep(hand, Paper.APPLICATION_FORM)


def appraise(hand: Hand) -> None:
    command = RecordAppraisal(
        project_id=hand.project.id,
        held_on=hand.moment.day,
        in_favour=hand.chance % 8 != 0,
        experts=tuple(NamedExpert(f"专家{number}", "单位") for number in range(4 + hand.chance % 4 + 1)),
    )
    record_appraisal(hand.session, command, actor=hand.keeper, moment=hand.moment)


def attach_text(hand: Hand) -> None:
    stages = (DraftStage.CONSULTATION, DraftStage.REVIEW, DraftStage.SUBMISSION, DraftStage.PUBLICATION)
    _attach_text(hand, stages[hand.chance % len(stages)])


def attach_consultation_text(hand: Hand) -> None:
    _attach_text(hand, DraftStage.CONSULTATION)


def attach_review_text(hand: Hand) -> None:
    _attach_text(hand, DraftStage.REVIEW)


def _attach_text(hand: Hand, stage: DraftStage) -> None:
    publication = hand.session.get(Publication, hand.project.id)
    lines: tuple[str, ...] = ("文件",)
    if publication is not None and hand.chance % 7:
        lines = (publication.number, f"{publication.published_on} 发布", f"{publication.effective_on} 实施")
    draft = PreparedDraft(
        docx=_docx(*lines), pdf=b"%PDF-1.7" if hand.chance % 5 else None, filename="text.docx", read=_READ, findings=()
    )
    command = AttachDraft(project_id=hand.project.id, draft_stage=stage, draft=draft)
    actor = hand.keeper if stage is DraftStage.PUBLICATION else hand.actor("drafter")
    attach_draft(hand.session, command, store=hand.store, actor=actor, moment=hand.moment)


def write_note(hand: Hand) -> None:
    texts = dict.fromkeys(headings_of(hand.project.kind), "说明")
    command = WriteExplanatoryNote(project_id=hand.project.id, texts=texts)
    write_explanatory_note(hand.session, command, actor=hand.actor("drafter"), moment=hand.moment)


def attach_reports(hand: Hand) -> None:
    for paper in (Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT):
        _keep(hand, paper)


def _keep(hand: Hand, paper: Paper) -> None:
    if paper in TO_BE_FILLED_IN:
        brought = AttachPaper(
            project_id=hand.project.id, paper=paper, upload=Upload(f"{paper}.docx", _docx(paper, "已签字"))
        )
        attach_paper(
            hand.session,
            brought,
            store=hand.store,
            limits=UploadLimits(),
            actor=hand.actor("secretary"),
            moment=hand.moment,
        )
        return
    made = MadePaper(
        project_id=hand.project.id,
        paper=paper,
        docx=_docx(paper),
        filename=f"{paper}.docx",
        at_seq=hand.project.last_event_seq,
    )
    keep_paper(hand.session, made, store=hand.store, actor=hand.actor("secretary"), moment=hand.moment)


def assemble_package(hand: Hand) -> None:
    review = _review(hand)
    mode = review.mode if review else ReviewMode.MEETING
    body = body_of(hand.project.kind, hand.project.category)
    for paper in package_of(hand.project.kind, body, mode):
        if paper is not body:
            _keep(hand, paper)


def comment(hand: Hand) -> None:
    rounds = select(ConsultationRound.id).where(ConsultationRound.project_id == hand.project.id)
    round_id = hand.session.scalar(rounds.order_by(ConsultationRound.number.desc()).limit(1))
    if round_id is not None:
        command = SendComment(round_id=round_id, text="建议补充。", author="市民", clause="1")
        send_comment(hand.session, command, actor=VISITOR, moment=hand.moment)


def dispose(hand: Hand) -> None:
    undisposed = select(Comment.id).where(Comment.project_id == hand.project.id, Comment.disposition.is_(None))
    for comment_id in hand.session.scalars(undisposed).all():
        disposition = list(Disposition)[hand.chance % 3]
        command = DisposeComment(comment_id=comment_id, disposition=disposition, reason="理由")
        dispose_comment(hand.session, command, actor=hand.actor("drafter"), moment=hand.moment)


def _review(hand: Hand) -> Review | None:
    reviews = select(Review).where(Review.project_id == hand.project.id).order_by(Review.number.desc())
    return hand.session.scalar(reviews.limit(1))


def _ballot(hand: Hand) -> Ballot | None:
    review = _review(hand)
    return hand.session.scalar(select(Ballot).where(Ballot.review_id == review.id)) if review else None


def call_the_review(hand: Hand) -> None:
    secretary = hand.actor("secretary")
    review = _review(hand)
    if review is not None and review.mode is ReviewMode.MEETING:
        date_of = SetReviewDate(project_id=hand.project.id, meets_on=hand.moment.day + timedelta(days=31))
        set_review_date(hand.session, date_of, actor=secretary, moment=hand.moment)
    send_papers(hand.session, SendPapers(project_id=hand.project.id), actor=secretary, moment=hand.moment)


def open_the_ballot(hand: Hand) -> None:
    days = 31 if (review := _review(hand)) and review.mode is ReviewMode.LETTER else hand.chance % 4
    command = OpenBallot(project_id=hand.project.id, closes_on=hand.moment.day + timedelta(days=days))
    open_ballot(hand.session, command, actor=hand.actor("secretary"), moment=hand.moment)


def vote(hand: Hand) -> None:
    ballot = _ballot(hand)
    if ballot is None:
        return
    voters = set(
        hand.session.scalars(
            select(BallotVoter.person_id).where(BallotVoter.ballot_id == ballot.id, BallotVoter.entitled)
        )
    )
    cast = set(
        hand.session.scalars(
            select(BallotVoter.person_id).join(Vote, Vote.voter_id == BallotVoter.id).where(Vote.ballot_id == ballot.id)
        )
    )
    logins = [login for login in (*MEMBERS, "chair") if hand.scene.people[login] in voters - cast]
    share = (2, 6, 12)[hand.chance % 3]
    for place, login in enumerate(logins[:share]):
        position = Position.AGAINST if place < hand.chance % 5 else Position.FOR
        command = CastVote(
            ballot_id=ballot.id, position=position, reason="不同意" if position is Position.AGAINST else ""
        )
        cast_vote(hand.session, command, actor=hand.actor(login), moment=hand.moment)


def close_the_ballot(hand: Hand) -> None:
    ballot = _ballot(hand)
    if ballot is not None:
        close_ballot(hand.session, CloseBallot(ballot_id=ballot.id), actor=hand.actor("secretary"), moment=hand.moment)


def write_minutes(hand: Hand) -> None:
    review = _review(hand)
    attending = tuple(hand.scene.people[login] for login in MEMBERS[:3])
    command = RecordMinutes(
        project_id=hand.project.id,
        text="会议纪要",
        conclusion="同意",
        attending=attending if review and review.mode is ReviewMode.MEETING else (),
    )
    record_minutes(hand.session, command, actor=hand.actor("secretary"), moment=hand.moment)
    signers = MEMBERS[:3] if review and review.mode is ReviewMode.MEETING else ("secretary",)
    for login in signers:
        sign_minutes(hand.session, SignMinutes(project_id=hand.project.id), actor=hand.actor(login), moment=hand.moment)


def answer(hand: Hand) -> None:
    ballot = _ballot(hand)
    if ballot is None:
        return
    objections = select(Vote.voter_id).where(Vote.ballot_id == ballot.id, Vote.reason != "", Vote.answer == "")
    for vote_id in hand.session.scalars(objections).all():
        command = AnswerObjection(vote_id=vote_id, answer="已修改")
        answer_objection(hand.session, command, actor=hand.actor("drafter"), moment=hand.moment)


def prepare_to_publish(hand: Hand) -> None:
    day = hand.moment.day
    command = PreparePublication(
        project_id=hand.project.id,
        approved_on=day,
        published_on=day + timedelta(days=1),
        effective_on=day + timedelta(days=(95, 40, 5)[hand.chance % 3]),
    )
    prepare_publication(hand.session, command, actor=hand.keeper, moment=hand.moment)
    _attach_text(hand, DraftStage.PUBLICATION)


def give_opinion(hand: Hand) -> None:
    command = RecordOpinion(
        project_id=hand.project.id, conclusion=list(Conclusion)[hand.chance % 3], grounds="实施情况"
    )
    record_opinion(hand.session, command, actor=hand.keeper, moment=hand.moment)


PREPARATIONS: tuple[Callable[[Hand], None], ...] = (
    complete_application,
    appraise,
    attach_text,
    write_note,
    attach_reports,
    assemble_package,
    comment,
    dispose,
    call_the_review,
    open_the_ballot,
    vote,
    close_the_ballot,
    write_minutes,
    answer,
    prepare_to_publish,
    give_opinion,
)

WHO = {
    Role.PROPOSER: "citizen",
    Role.DRAFTER: "drafter",
    Role.COMPETENT_DEPARTMENT: "department",
    Role.AUTHORITY: "clerk",
    Role.GROUP_SECRETARIAT: "association",
    Role.COMMITTEE_SECRETARY: "secretary",
}
"""Who of the scene acts in each role."""

PREPARED_AT: dict[Stage, tuple[Callable[[Hand], None], ...]] = {
    Stage.SUGGESTED: (complete_application,),
    Stage.APPRAISAL: (appraise,),
    Stage.DRAFTING: (attach_consultation_text, write_note, attach_reports),
    Stage.CONSULTATION: (comment,),
    Stage.RESOLUTION: (dispose, attach_review_text),
    Stage.REVIEW: (
        call_the_review,
        open_the_ballot,
        vote,
        close_the_ballot,
        write_minutes,
    ),
    Stage.SUBMISSION: (answer, assemble_package, prepare_to_publish),
    Stage.APPROVAL: (assemble_package, prepare_to_publish),
    Stage.PUBLIC_NOTICE: (prepare_to_publish,),
    Stage.UNDER_REVIEW: (give_opinion,),
}
"""What is prepared at each stage before the case can go on."""


def fields_of(action: Action, project_id: int, moment: Moment) -> ActFields:
    """What somebody would type into the form of the act."""
    day = moment.day
    later = day + timedelta(days=40)
    mode = ReviewMode.LETTER if day.toordinal() % 2 else ReviewMode.MEETING
    review = ActFields(review_mode=mode, meets_on=day + timedelta(days=31))
    plan = ActFields(plan_number=f"P-{project_id}", plan_published_on=day, completes_on=day + timedelta(days=300))
    typed = {
        Action.APPROVE_PROJECT: plan,
        Action.OPEN_CONSULTATION: ActFields(closes_on=later),
        Action.REOPEN_CONSULTATION: ActFields(closes_on=later),
        Action.EXTEND_CONSULTATION: ActFields(closes_on=later + timedelta(days=40)),
        Action.EXTEND_PROJECT: ActFields(months=3),
        Action.SUBMIT_FOR_REVIEW: review,
        Action.REPEAT_REVIEW: review,
        Action.RECORD_FILING: ActFields(filing_number="备1", filed_on=day),
        Action.RECORD_DISCLOSURE: ActFields(disclosure_address="https://example.org", disclosed_on=day),
    }
    return typed.get(action, ActFields())


_GOOD_LUCK = 11
_LUCK = dict.fromkeys((Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE), 9)
"""The chances with which whoever prepares something chooses what carries the case on."""


def get_ready(
    sessions: sessionmaker[Session], scene: Scene, store: FileStore, project_id: int, stage: Stage, moment: Moment
) -> Moment:
    """Do everything that a stage asks for, so that the case can go on; gives the moment at which it can."""
    for preparation in PREPARED_AT.get(stage, ()):
        passed = timedelta(days=32 if preparation is write_minutes else 0)  # the meeting is held first
        moment = Moment(moment.at + passed + timedelta(seconds=1), moment.day + passed)
        with sessions() as session, unit_of_work(session):
            project = session.get_one(Project, project_id)
            preparation(Hand(session, scene, store, project, moment, _LUCK.get(stage, _GOOD_LUCK)))
    return Moment(moment.at + timedelta(days=100), moment.day + timedelta(days=100))
