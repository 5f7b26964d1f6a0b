"""Comments on a consultation, and what becomes of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, endpoint
from standards_wf.api.values import checked_paging
from standards_wf.errors import NotFound
from standards_wf.models.consultations import ConsultationRound
from standards_wf.services.access import comment_for, consultation_for
from standards_wf.services.consultations import DisposeComment, SendComment, dispose_comment, send_comment
from standards_wf.services.reading.comments import CommentShown, Shown, comment_of, comments_of
from standards_wf.workflow.vocabulary import CommentType, Disposition

TAG = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentQuery:
    """Which comments: all, those without disposition (`open`), or those of one disposition."""

    disposition: Shown = Shown.ALL
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBody:
    """A comment, as somebody sends it."""

    text: str
    type: CommentType = CommentType.GENERAL
    clause: str = ""
    element: str = ""
    proposed_change: str = ""
    author: str = ""
    """Who comments; the caller where nothing is given."""
    organization: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionBody:
    """What becomes of a comment; anything but `accepted` needs a reason."""

    disposition: Disposition
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAnswer:
    """A comment with what became of it."""

    id: int
    project_id: int
    number: int
    round: int
    clause: str
    element: str
    type: CommentType
    text: str
    proposed_change: str
    author: str
    organization: str
    received_at: datetime
    disposition: Disposition | None
    reason: str
    disposed_by: str
    disposed_at: datetime | None
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnswer:
    """A comment that was received, under its number in the project."""

    id: int
    project_id: int
    number: int
    received_at: datetime
    location: str


def _answer(project_id: int, shown: CommentShown) -> CommentAnswer:
    return CommentAnswer(
        id=shown.id,
        project_id=project_id,
        number=shown.number,
        round=shown.round,
        clause=shown.clause,
        element=shown.element,
        type=shown.type,
        text=shown.text,
        proposed_change=shown.proposed_change,
        author=shown.author,
        organization=shown.organization,
        received_at=shown.received_at,
        disposition=shown.disposition,
        reason=shown.reason,
        disposed_by=shown.disposed_by,
        disposed_at=shown.disposed_at,
        location=f"/api/v1/comments/{shown.id}",
    )


@endpoint("GET", "/projects/{project_id}/comments", about="The comments on the drafts of a project.", tag=TAG)
def list_(call: Call, project_id: int, query: CommentQuery) -> Listed[CommentAnswer]:
    """A page of comments."""
    checked_paging(query.page, query.per_page)
    found = comments_of(call.session, project_id, call.actor, query.disposition, query.page, query.per_page)
    items = tuple(_answer(project_id, row) for row in found.comments) if found.page == query.page else ()
    return Listed(items=items, total=found.total, page=query.page, per_page=query.per_page)


@endpoint(
    "POST",
    "/projects/{project_id}/comments",
    about="Comment on the consultation of a project; while it is public, everybody may.",
    tag=TAG,
    status=201,
)
def send(call: Call, project_id: int, body: CommentBody) -> ReceivedAnswer:
    """Receive a comment in the last round of the project."""
    round_id = call.session.scalar(
        select(ConsultationRound.id)
        .where(ConsultationRound.project_id == project_id)
        .order_by(ConsultationRound.number.desc())
        .limit(1)
    )
    if round_id is None:
        raise NotFound("consultation", project_id)
    consultation_for(call.session, round_id, call.actor)
    command = SendComment(
        round_id=round_id,
        text=body.text,
        author=body.author or call.actor.name,
        type=body.type,
        clause=body.clause,
        element=body.element,
        proposed_change=body.proposed_change,
        organization=body.organization,
        email=body.email,
    )
    comment = send_comment(call.session, command, actor=call.actor, moment=call.moment)
    return ReceivedAnswer(
        id=comment.id,
        project_id=project_id,
        number=comment.number,
        received_at=comment.received_at,
        location=f"/api/v1/comments/{comment.id}",
    )


@endpoint("GET", "/comments/{comment_id}", about="A comment, for the project's people.", tag=TAG)
def show(call: Call, comment_id: int) -> CommentAnswer:
    """A comment."""
    comment, entrance = comment_for(call.session, comment_id, call.actor)
    page = comment_of(call.session, entrance.project.id, comment.number, call.actor)
    return _answer(entrance.project.id, page.comment)


@endpoint("PATCH", "/comments/{comment_id}", about="Give a comment its disposition.", tag=TAG)
def dispose(call: Call, comment_id: int, body: DispositionBody) -> CommentAnswer:
    """Dispose of a comment."""
    command = DisposeComment(comment_id=comment_id, disposition=body.disposition, reason=body.reason)
    dispose_comment(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, comment_id)
