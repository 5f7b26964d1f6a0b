"""Number and dates of a publication, the public notices, and the life after publication."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.long_life_answers import (
    AmendmentAnswer,
    CitationAnswer,
    EndingAnswer,
    ReplacedAnswer,
    amendment_answer,
    citation_answer,
    ending_answer,
    replaced_answer,
)
from standards_wf.api.resources.project_answers import ProjectAnswer, project_answer
from standards_wf.models.documents import NoticeKind, NoticeObjection
from standards_wf.services.notices import (
    AnswerNoticeObjection,
    FileObjection,
    answer_objection_to_notice,
    file_objection,
)
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reading.publications import NoticeShown, life_of, publication_of
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason

TAG = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationBody:
    """Number and dates; without a number the next one of the series is given."""

    approved_on: date
    published_on: date
    effective_on: date
    number: str | None = None
    gap_reason: str = ""
    announcement_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationAnswer:
    """The publication as it is prepared, and the number that would be given today; `version` is the project's."""

    number: str
    approved_on: date | None
    published_on: date | None
    effective_on: date | None
    gap_reason: str
    announcement_number: str
    published: bool
    suggested_number: str
    why_none: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionBody:
    """The opinion of a periodic review."""

    conclusion: Conclusion
    grounds: str
    implementation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionBody:
    """An objection to what is on public notice."""

    name: str
    contact: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBody:
    """The answer to an objection."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedObjection:
    """An objection that was received."""

    id: int
    notice_id: int
    received_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswer:
    """An objection and its answer, for the project's people."""

    id: int
    name: str
    contact: str
    text: str
    received_at: datetime
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswer:
    """A public notice with what was objected."""

    id: int
    kind: NoticeKind
    opened_on: date
    ends_on: date
    closed_on: date | None
    objections: tuple[ObjectionAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReviewAnswer:
    """A periodic review with its opinion."""

    number: int
    opened_on: date
    early_reason: EarlyReason | None
    early_grounds: str
    conclusion: Conclusion | None
    grounds: str
    implementation: str
    concluded_on: date | None
    decision: str
    successor_id: int | None
    """The case that the decision to revise has opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeAnswer:
    """Notices and periodic reviews of a project, and what it replaces and is replaced by."""

    notices: tuple[NoticeAnswer, ...]
    periodic_reviews: tuple[PeriodicReviewAnswer, ...]
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    replacements: tuple[ReplacedAnswer, ...]
    ending: EndingAnswer | None
    amendments: tuple[AmendmentAnswer, ...]
    citations: tuple[CitationAnswer, ...]
    """What the text cites and has ended."""
    version: int


@endpoint("GET", "/projects/{project_id}/publication", about="Number and dates, prepared or published.", tag=TAG)
def show(call: Call, project_id: int) -> PublicationAnswer:
    """The publication."""
    page = publication_of(call.session, project_id, call.actor, call.moment)
    prepared = page.prepared
    return PublicationAnswer(
        number=prepared.number if prepared else "",
        approved_on=prepared.approved_on if prepared else None,
        published_on=prepared.published_on if prepared else None,
        effective_on=prepared.effective_on if prepared else None,
        gap_reason=prepared.gap_reason if prepared else "",
        announcement_number=prepared.announcement_number if prepared else "",
        published=bool(prepared and prepared.published),
        suggested_number=page.suggestion,
        why_none=page.no_suggestion,
        version=page.head.version,
    )


@endpoint(
    "PUT",
    "/projects/{project_id}/publication",
    about="Give the document its number and dates before it is published.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def prepare(call: Call, project_id: int, body: PublicationBody) -> PublicationAnswer:
    """Prepare the publication."""
    command = PreparePublication(
        project_id=project_id,
        expected_version=call.expected_version,
        number=body.number,
        approved_on=body.approved_on,
        published_on=body.published_on,
        effective_on=body.effective_on,
        gap_reason=body.gap_reason,
        announcement_number=body.announcement_number,
    )
    prepare_publication(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, project_id)


@endpoint(
    "PUT",
    "/projects/{project_id}/review_opinion",
    about="Record the opinion of the periodic review that runs.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def opinion(call: Call, project_id: int, body: OpinionBody) -> ProjectAnswer:
    """Record the opinion."""
    command = RecordOpinion(
        project_id=project_id,
        expected_version=call.expected_version,
        conclusion=body.conclusion,
        grounds=body.grounds,
        implementation=body.implementation,
    )
    record_opinion(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


@endpoint("GET", "/projects/{project_id}/notices", about="Public notices, periodic reviews and succession.", tag=TAG)
def life(call: Call, project_id: int) -> LifeAnswer:
    """What happens around and after publication."""
    page = life_of(call.session, project_id, call.actor, call.moment)
    return LifeAnswer(
        notices=tuple(_notice(each) for each in page.notices),
        periodic_reviews=tuple(
            PeriodicReviewAnswer(
                number=each.number,
                opened_on=each.opened_on,
                early_reason=each.early_reason,
                early_grounds=each.early_grounds,
                conclusion=each.conclusion,
                grounds=each.grounds,
                implementation=each.implementation,
                concluded_on=each.concluded_on,
                decision=each.decision,
                successor_id=each.successor_id,
            )
            for each in page.reviews
        ),
        replaces=tuple(each.number for each in page.replaces),
        replaced_by=tuple(each.number for each in page.replaced_by if each.number),
        replacements=tuple(replaced_answer(each) for each in page.replaces),
        ending=ending_answer(page.ending),
        amendments=tuple(amendment_answer(each) for each in page.amendments),
        citations=tuple(citation_answer(each) for each in page.citations),
        version=page.head.version,
    )


def _notice(shown: NoticeShown) -> NoticeAnswer:
    return NoticeAnswer(
        id=shown.id,
        kind=shown.kind,
        opened_on=shown.opened_on,
        ends_on=shown.ends_on,
        closed_on=shown.closed_on,
        objections=tuple(
            ObjectionAnswer(
                id=each.id,
                name=each.name,
                contact=each.contact,
                text=each.text,
                received_at=each.received_at,
                answer=each.answer,
            )
            for each in shown.objections
        ),
    )


@endpoint("POST", "/notices/{notice_id}/objections", about="Object to what is on public notice.", tag=TAG, status=201)
def object_(call: Call, notice_id: int, body: ObjectionBody) -> ReceivedObjection:
    """Receive an objection while the notice runs."""
    command = FileObjection(notice_id=notice_id, name=body.name, contact=body.contact, text=body.text)
    return _received(file_objection(call.session, command, actor=call.actor, moment=call.moment))


@endpoint("PUT", "/objections/{objection_id}/answer", about="Answer an objection to a public notice.", tag=TAG)
def answer(call: Call, objection_id: int, body: AnswerBody) -> ReceivedObjection:
    """Answer an objection."""
    command = AnswerNoticeObjection(objection_id=objection_id, answer=body.answer)
    return _received(answer_objection_to_notice(call.session, command, actor=call.actor, moment=call.moment))


def _received(objection: NoticeObjection) -> ReceivedObjection:
    return ReceivedObjection(
        id=objection.id,
        notice_id=objection.notice_id,
        received_at=objection.received_at,
        answer=objection.answer,
        answered_at=objection.answered_at,
    )
