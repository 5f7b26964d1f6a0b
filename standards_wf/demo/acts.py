"""The life of a case, step by step, by the hands of the people concerned.

Each step does what people do there, on days that the rules allow, and leaves the case one stage further. A case can be
left standing after any step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from standards_wf.demo import questions
from standards_wf.demo.bodies import PublishedWith, body_of_text, replaced_by
from standards_wf.demo.cast import Cast
from standards_wf.demo.following import Followers
from standards_wf.demo.hands import CLOCK_LOGIN, VISITOR_LOGIN, Hands
from standards_wf.demo.reading_copy import reading_copy
from standards_wf.demo.relations import PartOf, partly_replaced
from standards_wf.demo.texts import DemoText
from standards_wf.documents.apart import ReaderHere
from standards_wf.documents.inspect import UploadLimits
from standards_wf.documents.render import render
from standards_wf.services.administration import GrantRole, grant_role
from standards_wf.services.appraisals import NamedExpert, RecordAppraisal, record_appraisal
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.consultations import DisposeComment, SendComment, dispose_comment, send_comment
from standards_wf.services.drafts import AttachDraft, Upload, attach_draft, prepare_draft
from standards_wf.services.explanatory_notes import WriteExplanatoryNote, write_explanatory_note
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.papers import AttachPaper, attach_paper
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.projects import ChangeParticulars, NamedDrafter, change_particulars
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reviews import (
    AnswerObjection,
    RecordMinutes,
    SendPapers,
    SignMinutes,
    answer_objection,
    record_minutes,
    send_papers,
    sign_minutes,
)
from standards_wf.services.storage import FileStore
from standards_wf.services.succession import PartlyReplaced
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.vocabulary import (
    Action,
    Conclusion,
    DraftStage,
    EarlyReason,
    Kind,
    Paper,
    Position,
    ReviewMode,
    Role,
)

Answer = TypeVar("Answer")

LIMITS = UploadLimits()
CONSULTATION_DAYS = 35
PAPERS_DAYS = 32
_EXPERTS = "甲乙丙丁戊己庚"


@dataclass(frozen=True, slots=True)
class Parts:
    """Who plays in a case: logins, and the short name of the committee."""

    committee: str
    drafter: str
    department: str = ""
    association: str = ""

    @property
    def secretary(self) -> str:
        """The secretary of the committee."""
        return f"secretary.{self.committee}"


class Case:
    """One case on its way, and the day that it is there."""

    def __init__(
        self,
        text: DemoText,
        parts: Parts,
        *,
        first_day: date,
        hands: Hands,
        cast: Cast,
        store: FileStore,
        followers: Followers,
        numbers: Mapping[str, str],
        partly: PartOf | None = None,
    ) -> None:
        self.text = text
        self.parts = parts
        self.day = first_day
        self.project_id = 0
        self._hands = hands
        self._cast = cast
        self._store = store
        self._followers = followers
        self._numbers = numbers
        self._partly = partly

    # The next lines are the grammar of the steps below.

    @property
    def keeper(self) -> str:
        """Whoever decides on the case: the authority, or the association for its own standards."""
        return self.parts.association or "authority"

    @property
    def applicant(self) -> str:
        """Whoever applies for the project."""
        return self.parts.association or self.parts.department or self.parts.secretary

    @property
    def submitter(self) -> str:
        """Whoever hands in the package: department, association, or for metrology the committee's secretary."""
        return self.applicant

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.day += timedelta(days=days)

    def perform(self, login: str, action: Action, *, note: str = "", fields: ActFields | None = None) -> None:
        """Do an act of the procedure as that person, and what follows it."""
        command = PerformAction(project_id=self.project_id, action=action, note=note, fields=fields or ActFields())
        self.do(login, perform, command)

    def do(self, login: str, service: Callable[..., Answer], command: object) -> Answer:
        """Do something beside the procedure as that person, and what follows it."""
        answer = self._hands.do(login, self.day, service, command)
        self.follow_on(self.day)
        return answer

    def ask(self, question: Callable[[Session, int], Answer]) -> Answer:
        """Read something about the case."""
        return self._hands.ask(question, self.project_id)

    def follow_on(self, day: date, project_id: int | None = None) -> None:
        """Do on this day what has followed the acts of this case, or of another one."""
        self._followers.follow(project_id or self.project_id, self._hands.moment(day))

    # The steps, from the suggestion to the end of a document's life.

    def suggest(self, by: str = "citizen") -> None:
        """A citizen suggests the document."""
        text = self.text
        command = FileSuggestion(
            kind=text.kind,
            category=text.category,
            title_zh=text.title_zh,
            framework_node=text.node,
            text=text.purpose,
            name="市民（演示）",
            contact="citizen@example.org",
            competent_department_id=self._organization_of(self.parts.department),
            group_id=self._organization_of(self.parts.association),
            committee_id=self._cast.committees[self.parts.committee],
            is_demonstration=True,
        )
        self.project_id = self._hands.do(by, self.day, file_suggestion, command).id

    def _organization_of(self, login: str) -> int | None:
        if not login:
            return None
        return self._hands.ask(questions.organization_of, self._cast.people[login])

    def apply(self) -> None:
        """The applicant completes the application and hands it in."""
        self.wait(12)
        text = self.text
        replaced = self._numbers.get(text.replaces or "", "")
        command = ChangeParticulars(
            project_id=self.project_id,
            title_en=text.title_en,
            ics=text.ics,
            ccs=text.ccs,
            purpose=text.purpose,
            necessity=text.necessity,
            scope=text.scope_summary,
            technical_content=text.technical_content,
            relation_to_laws=text.relation_to_laws,
            contact="联系人（演示） 021-00000000",
            proposed_months=12,
            is_revision=bool(replaced),
            replaces=replaced,
            partly_replaces=self._partly_replaces,
            main_changes="\n".join(text.main_changes),
            drafting_units=text.drafting_units,
            drafters=tuple(NamedDrafter(each.name, each.employer) for each in text.foreword.drafters)
            if text.foreword
            else (),
        )
        self._hands.do(self.applicant, self.day, change_particulars, command)
        if text.kind is Kind.METROLOGY_SPECIFICATION:
            self._attach(self.applicant, Paper.APPLICATION_FORM, "项目申报书（盖章）", (text.title_zh, text.purpose))
        self.perform(self.applicant, Action.APPLY)

    @property
    def _partly_replaces(self) -> tuple[PartlyReplaced, ...] | None:
        if self._partly is None:
            return None
        return (PartlyReplaced(self._numbers[self._partly.slug], self._partly.clauses),)

    def appraise(self) -> None:
        """The keeper opens the appraisal."""
        self.wait(10)
        self.perform(self.keeper, Action.START_APPRAISAL)

    def record_appraisal(self, *, in_favour: bool = True) -> None:
        """Experts judge the application."""
        self.wait(15)
        command = RecordAppraisal(
            project_id=self.project_id,
            held_on=self.day,
            in_favour=in_favour,
            place="线上会议",
            points="必要性充分，技术路线可行；建议进一步明确适用范围。"
            if in_favour
            else "与现行国家标准重复，不建议立项。",
            experts=tuple(NamedExpert(f"论证专家{name}（演示）", "示范大学（演示）", "教授") for name in _EXPERTS),
        )
        self._hands.do(self.keeper, self.day, record_appraisal, command)

    def approve_project(self, months: int = 12, *, fast: bool = False) -> None:
        """The project enters the published plan."""
        self.wait(7)
        number = f"YS-{self.day.year}-{self.project_id:04}"
        fields = ActFields(
            plan_number=number,
            plan_published_on=self.day,
            completes_on=self.day + timedelta(days=30 * months),
            plan_id=self._hands.ask(questions.plan_on(self.day), self.project_id),
            announcement=f"演示〔{self.day.year}〕增补{self.day.month}号",
            fast_track_granted=fast,
        )
        self.perform(self.keeper, Action.APPROVE_PROJECT, fields=fields)
        self._name_drafter()

    def _name_drafter(self) -> None:
        """The keeper names the drafter, whose institute may not be among the drafting units."""
        grant = GrantRole(
            person_id=self._cast.people[self.parts.drafter], role=Role.DRAFTER, project_id=self.project_id
        )
        self._hands.do(self.keeper, self.day, grant_role, grant)

    def draft(self, stage: DraftStage) -> None:
        """The drafter brings the text of this stage, and the explanatory note with it."""
        self._attach_text(self.parts.drafter, stage)
        if stage is DraftStage.CONSULTATION:
            sections = {section.heading: section.text for section in self.text.explanatory_note}
            texts = {
                heading: sections.get(heading, "无。")
                for heading in headings_of(self.text.kind, is_revision=bool(self.text.replaces))
            }
            command = WriteExplanatoryNote(project_id=self.project_id, texts=texts)
            self._hands.do(self.parts.drafter, self.day, write_explanatory_note, command)
            if self.text.kind is Kind.METROLOGY_SPECIFICATION:
                self._attach_reports()

    def _attach_reports(self) -> None:
        title = self.text.title_zh
        self._attach(self.parts.drafter, Paper.TEST_REPORT, f"{title}试验报告", ("试验表明规定的条件和方法可行。",))
        self._attach(
            self.parts.drafter, Paper.UNCERTAINTY_REPORT, f"{title}不确定度评定报告", ("见规范附录中的评定示例。",)
        )

    def open_consultation(self, *, drafting_days: int = 90) -> None:
        """The consultation draft is finished and goes to the public."""
        self.wait(drafting_days)
        self.draft(DraftStage.CONSULTATION)
        fields = ActFields(closes_on=self.day + timedelta(days=CONSULTATION_DAYS))
        self.perform(self.parts.secretary, Action.OPEN_CONSULTATION, fields=fields)

    def receive_comments(self, limit: int = 99) -> None:
        """Organisations and citizens comment."""
        round_id = self._hands.ask(questions.latest_round, self.project_id)
        for comment in self.text.comments[:limit]:
            self.wait(1)
            command = SendComment(
                round_id=round_id,
                clause=comment.clause,
                type=comment.type,
                text=comment.text,
                proposed_change=comment.proposed_change,
                author="意见联系人（演示）",
                organization=comment.organization,
            )
            self._hands.do(VISITOR_LOGIN, self.day, send_comment, command)
        self._followers.follow(self.project_id, self._hands.moment(self.day))

    def close_consultation(self) -> None:
        """The day after the closing date the clock closes the round."""
        self.day = self._hands.ask(questions.closing_day, self.project_id) + timedelta(days=1)
        self.perform(CLOCK_LOGIN, Action.CLOSE_CONSULTATION)

    def dispose_comments(self, keep_open: int = 0) -> None:
        """The drafter answers the comments; some may be kept open."""
        self.wait(14)
        identities = self._hands.ask(questions.comments, self.project_id)
        pairs = list(zip(identities, self.text.comments, strict=False))
        for identity, comment in pairs[: len(pairs) - keep_open]:
            command = DisposeComment(
                comment_id=identity, disposition=comment.disposition, reason=comment.reason or "采纳。"
            )
            self._hands.do(self.parts.drafter, self.day, dispose_comment, command)

    def submit_for_review(self, mode: ReviewMode = ReviewMode.MEETING) -> None:
        """The review draft goes to the committee."""
        self.wait(10)
        self.draft(DraftStage.REVIEW)
        meets_on = self.day + timedelta(days=PAPERS_DAYS + 3) if mode is ReviewMode.MEETING else None
        fields = ActFields(review_mode=mode, meets_on=meets_on, place="会议室（演示）" if meets_on else "")
        self.perform(self.parts.secretary, Action.SUBMIT_FOR_REVIEW, fields=fields)
        self.wait(1)
        command = SendPapers(project_id=self.project_id)
        self._hands.do(self.parts.secretary, self.day, send_papers, command)

    def vote(self, *, against: int = 1, silent: int = 0) -> None:
        """The ballot is opened; members vote."""
        self.wait(PAPERS_DAYS + 2)
        closes_on = self.day if not silent else self.day + timedelta(days=10)
        command = OpenBallot(project_id=self.project_id, closes_on=closes_on)
        ballot_id = self._hands.do(self.parts.secretary, self.day, open_ballot, command).id
        entitled = self._hands.ask(questions.entitled, ballot_id)
        logins = [login for login, person in self._cast.people.items() if person in entitled]
        for place, login in enumerate(logins[silent:]):
            position = Position.AGAINST if place < against else Position.FOR
            reason = "建议补充试验数据后再报批。" if position is Position.AGAINST else ""
            vote = CastVote(ballot_id=ballot_id, position=position, reason=reason)
            self._hands.do(login, self.day, cast_vote, vote)

    def hold_review(self, *, against: int = 1, passed: bool = True) -> None:
        """The committee votes, the minutes are written and signed, and the review ends."""
        self.vote(against=against)
        ballot_id = self._hands.ask(questions.ballot, self.project_id)
        closing = CloseBallot(ballot_id=ballot_id)
        self._hands.do(self.parts.secretary, self.day, close_ballot, closing)
        attending = tuple(self._hands.ask(questions.entitled, ballot_id))
        command = RecordMinutes(
            project_id=self.project_id,
            text="会议听取了起草组汇报，审阅了送审稿、编制说明和意见汇总处理表，逐条讨论并形成意见。",
            conclusion="审查组同意通过审查，请起草组修改后报批。" if passed else "审查未通过，请修改后重新送审。",
            attending=attending,
        )
        self._hands.do(self.parts.secretary, self.day, record_minutes, command)
        logins = [login for login, person in self._cast.people.items() if person in attending]
        for login in logins:
            signing = SignMinutes(project_id=self.project_id)
            self._hands.do(login, self.day, sign_minutes, signing)
        self.wait(1)
        if passed:
            self.perform(self.parts.secretary, Action.PASS_REVIEW)
        else:
            self.perform(self.parts.secretary, Action.FAIL_REVIEW, note="赞成票未达到规定比例，退回起草组修改。")

    def submit_package(self) -> None:
        """Objections are answered, the package is put together and handed in."""
        self.wait(12)
        for vote_id in self._hands.ask(questions.unanswered, self.project_id):
            command = AnswerObjection(vote_id=vote_id, answer="已补充试验数据，见编制说明。")
            self._hands.do(self.parts.drafter, self.day, answer_objection, command)
        self.assemble_package()
        self.perform(self.submitter, Action.SUBMIT_FOR_APPROVAL)

    def assemble_package(self) -> None:
        """The papers that the system does not write itself are brought."""
        self._attach_text(self.parts.drafter, DraftStage.SUBMISSION)
        title = self.text.title_zh
        for paper, name in (
            (Paper.SUBMISSION_LETTER, "报批函"),
            (Paper.SUBMISSION_LIST, "报批文件清单"),
            (Paper.REVIEW_COMMENT_TABLE, "审查意见汇总处理表"),
        ):
            self._attach(self.parts.secretary, paper, f"{title}{name}", (f"{title}的{name}。",))

    def prepare_publication(self, *, gap_days: int = 92) -> None:
        """The keeper gives number and dates, and attaches the text to be published."""
        self.wait(20)
        published_on = self.day + timedelta(days=self._days_to_publication)
        command = PreparePublication(
            project_id=self.project_id,
            number=self._hands.ask(questions.first_number(published_on.year), self.project_id),
            approved_on=self.day,
            published_on=published_on,
            effective_on=published_on + timedelta(days=gap_days),
            announcement_number=f"演示公告{self.day.year}年第{self.project_id}号",
        )
        publication = self._hands.do(self.keeper, self.day, prepare_publication, command)
        published_with = PublishedWith(publication.number, publication.published_on, publication.effective_on)
        self._attach_text(self.keeper, DraftStage.PUBLICATION, published_with)

    @property
    def _days_to_publication(self) -> int:
        return 10 if self.text.kind is Kind.METROLOGY_SPECIFICATION else 2

    def open_public_notice(self) -> None:
        """The authority gives public notice before it approves."""
        self.perform("authority", Action.OPEN_PUBLIC_NOTICE)

    def publish(self) -> None:
        """The document is published."""
        self.day = self._hands.ask(questions.publication, self.project_id).published_on
        self.perform(self.keeper, Action.PUBLISH)

    def record_after_publication(self, *, late: bool = False) -> None:
        """A local standard is filed, a group standard disclosed."""
        published_on = self.day
        if self.text.kind is Kind.LOCAL_STANDARD:
            self.wait(75 if late else 40)
            filing = ActFields(filing_number=f"演示备{self.project_id:05}—{self.day.year}", filed_on=self.day)
            self.perform(self.keeper, Action.RECORD_FILING, fields=filing)
        elif self.text.kind is Kind.GROUP_STANDARD:
            self.wait(5)
            disclosure = ActFields(
                disclosure_address=f"https://www.example.org/standards/{self.project_id}", disclosed_on=self.day
            )
            self.perform(self.keeper, Action.RECORD_DISCLOSURE, fields=disclosure)
        self.day = max(self.day, published_on)

    def take_effect(self) -> None:
        """On the implementation date the clock puts the document into force."""
        effective_on = self._hands.ask(questions.publication, self.project_id).effective_on
        self.day = max(self.day, effective_on)
        self.perform(CLOCK_LOGIN, Action.TAKE_EFFECT)

    def start_periodic_review(self, early_reason: EarlyReason | None = None, early_grounds: str = "") -> None:
        """The periodic review begins; before its time for a reason."""
        starter = self.parts.department or self.parts.association or self.parts.secretary
        early = ActFields(early_reason=early_reason, early_grounds=early_grounds)
        self.perform(starter, Action.START_REVIEW, fields=early)

    def give_opinion(self, conclusion: Conclusion, grounds: str) -> None:
        """The opinion of the periodic review is recorded."""
        self.wait(20)
        command = RecordOpinion(project_id=self.project_id, conclusion=conclusion, grounds=grounds)
        giver = self.parts.department or self.parts.association or self.parts.secretary
        self._hands.do(giver, self.day, record_opinion, command)

    def _attach(self, login: str, paper: Paper, title: str, lines: tuple[str, ...]) -> None:
        pdf = reading_copy(title, (*lines, "（演示数据）"))
        command = AttachPaper(project_id=self.project_id, paper=paper, upload=Upload(f"{title}.pdf", pdf))
        self._hands.do(login, self.day, attach_paper, command, store=self._store, limits=LIMITS)

    def _attach_text(self, login: str, stage: DraftStage, published_with: PublishedWith | None = None) -> None:
        replaced = (
            partly_replaced(self._partly, self._numbers[self._partly.slug])
            if self._partly
            else replaced_by(self.text, self._numbers.get(self.text.replaces or "", ""))
        )
        paper, context = body_of_text(
            self.text, stage, completed_on=self.day, published_with=published_with, replaced=replaced
        )
        name = f"{self.text.title_zh}"
        pdf = None
        if published_with is not None:
            lines = tuple(
                line
                for clause in self.text.clauses
                for line in (f"{clause.label}　{clause.title}".strip("　"), *clause.paragraphs)
            )
            dates = f"{published_with.published_on} 发布　{published_with.effective_on} 实施"
            pdf = Upload(f"{name}.pdf", reading_copy(name, (published_with.number, dates, "（演示数据）", *lines)))
        docx = Upload(f"{name}.docx", render(paper, context))
        draft = prepare_draft(docx, pdf, kind=self.text.kind, reader=ReaderHere(LIMITS), limits=LIMITS)
        command = AttachDraft(project_id=self.project_id, draft_stage=stage, draft=draft)
        self._hands.do(login, self.day, attach_draft, command, store=self._store)
