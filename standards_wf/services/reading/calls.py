"""Calls for suggestions, as everybody reads them and as their publisher prepares them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Organization
from standards_wf.models.plans import AnnouncedFile, CallTopic, ProjectCall
from standards_wf.models.projects import Suggestion
from standards_wf.services.calls import call_for, kinds_of_publisher, published_for, takes_suggestions
from standards_wf.services.reading.choices import Choice
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A call in a list."""

    id: int
    year: int
    number: str
    kinds: tuple[Kind, ...]
    title_zh: str
    title_en: str
    publisher: str
    opens_on: date
    closes_on: date
    published_on: date | None
    is_open: bool
    days_left: int
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """The calls, those that can be answered first."""

    open: tuple[CallLine, ...]
    others: tuple[CallLine, ...]
    """Those that are over or open later."""
    prepared: tuple[CallLine, ...]
    """Those of the reader's own that nobody else sees yet."""
    may_prepare: bool


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """A document that belongs to a call or a plan."""

    id: int
    filename: str
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class TopicShown:
    """A topic of a call."""

    text: str
    node: str
    node_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """A call with its topics and documents."""

    line: CallLine
    text: str
    topics: tuple[TopicShown, ...]
    files: tuple[AttachedDocument, ...]
    suggestions: int
    """How many suggestions have answered it."""
    publisher_id: int
    may_write: bool
    version: int


def kinds_of(call: ProjectCall) -> tuple[Kind, ...]:
    """The kinds of document that are called for."""
    return tuple(Kind(code) for code in call.kinds.split())


def _line(call: ProjectCall, publisher: str, today: date) -> CallLine:
    return CallLine(
        id=call.id,
        year=call.year,
        number=call.number,
        kinds=kinds_of(call),
        title_zh=call.title_zh,
        title_en=call.title_en,
        publisher=publisher,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        published_on=call.published_on,
        is_open=takes_suggestions(call, today),
        days_left=(call.closes_on - today).days,
        is_demonstration=call.is_demonstration,
    )


def call_list(session: Session, actor: Actor, today: date) -> CallList:
    """The calls, the latest first; one query."""
    own = published_for(actor)
    seen: ColumnElement[bool] = ProjectCall.published_on.is_not(None)
    rows = session.execute(
        select(ProjectCall, Organization.name)
        .join(Organization, Organization.id == ProjectCall.publisher_id)
        .where(or_(seen, ProjectCall.publisher_id.in_(own)))
        .order_by(ProjectCall.opens_on.desc(), ProjectCall.id.desc())
    )
    lines = [_line(call, publisher, today) for call, publisher in rows]
    return CallList(
        open=tuple(line for line in lines if line.is_open),
        others=tuple(line for line in lines if line.published_on is not None and not line.is_open),
        prepared=tuple(line for line in lines if line.published_on is None),
        may_prepare=bool(own),
    )


def call_page(session: Session, call_id: int, actor: Actor, today: date) -> CallPage:
    """A call; five queries. Raises NotFound."""
    call = call_for(session, call_id, actor)
    publisher = session.scalars(select(Organization.name).where(Organization.id == call.publisher_id)).one()
    topics = session.execute(
        select(CallTopic.text, CallTopic.framework_node, FrameworkNode.name)
        .outerjoin(FrameworkNode, FrameworkNode.code == CallTopic.framework_node)
        .where(CallTopic.call_id == call.id)
        .order_by(CallTopic.position)
    )
    suggestions = session.scalar(select(func.count()).where(Suggestion.call_id == call.id))
    return CallPage(
        line=_line(call, publisher, today),
        text=call.text,
        topics=tuple(TopicShown(text, node or "", name or "") for text, node, name in topics),
        files=documents_of(session, AnnouncedFile.call_id == call.id),
        suggestions=suggestions or 0,
        publisher_id=call.publisher_id,
        may_write=call.publisher_id in published_for(actor),
        version=call.row_version,
    )


def documents_of(session: Session, where: ColumnElement[bool]) -> tuple[AttachedDocument, ...]:
    """The documents of a call or a plan, in the order in which they were attached."""
    rows = session.execute(
        select(AnnouncedFile.id, AnnouncedFile.filename, AnnouncedFile.attached_at)
        .where(where)
        .order_by(AnnouncedFile.id)
    )
    return tuple(AttachedDocument(*row) for row in rows)


def open_call_choices(session: Session, kind: Kind, today: date) -> tuple[Choice, ...]:
    """The calls that a suggestion of this kind can answer today."""
    calls = session.scalars(
        select(ProjectCall)
        .where(ProjectCall.published_on.is_not(None))
        .where(ProjectCall.opens_on <= today, ProjectCall.closes_on >= today)
        .order_by(ProjectCall.opens_on.desc(), ProjectCall.id.desc())
    )
    return tuple((call.id, call.title_zh) for call in calls if kind in kinds_of(call))


def publisher_choices(session: Session, actor: Actor) -> tuple[Choice, ...]:
    """The bodies for which somebody publishes."""
    rows = session.execute(
        select(Organization.id, Organization.name)
        .where(Organization.id.in_(published_for(actor)))
        .order_by(Organization.name)
    )
    return tuple((identity, name) for identity, name in rows)


def kinds_by_publisher(session: Session, actor: Actor) -> Mapping[int, tuple[Kind, ...]]:
    """The kinds of document that each of these bodies may call for."""
    found = session.scalars(select(Organization).where(Organization.id.in_(published_for(actor))))
    return {each.id: kinds_of_publisher(each) for each in found}
