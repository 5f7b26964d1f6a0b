"""The year's call for suggestions (立项指南): prepared, published, and answered until its closing date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Organization
from standards_wf.models.plans import CallTopic, ProjectCall
from standards_wf.services.access import require_identity
from standards_wf.services.entrance_problems import CallProblem
from standards_wf.services.record import append_administration
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor, ScopeKind
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Kind, Role

LONGEST_TOPIC = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
PUBLISHERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)


def published_for(actor: Actor) -> frozenset[int]:
    """The bodies for which somebody publishes calls and plans: the authority, an association."""
    return frozenset(
        grant.scope_id
        for grant in actor.grants
        if grant.role in PUBLISHERS and grant.scope is ScopeKind.ORGANIZATION and grant.scope_id is not None
    )


def require_publisher(actor: Actor, publisher_id: int) -> None:
    """Let whoever publishes for this body pass. Raises Forbidden."""
    if publisher_id not in published_for(actor):
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=PUBLISHERS))


def kinds_of_publisher(organization: Organization) -> tuple[Kind, ...]:
    """The kinds of document that a body decides on: those of an association, or those of the authority."""
    is_group = organization.group_code is not None
    return tuple(row.kind for row in KINDS.values() if row.issued_by_group is is_group)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a call, with the node of the framework that it belongs to."""

    text: str
    framework_node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareCall:
    """A call as it is prepared; `call_id` is empty for a new one."""

    call_id: int | None = None
    expected_version: int | None = None
    publisher_id: int
    year: int
    number: str = ""
    kinds: tuple[Kind, ...]
    title_zh: str
    title_en: str = ""
    text: str
    topics: tuple[Topic, ...] = ()
    opens_on: date
    closes_on: date
    is_demonstration: bool = False


def call_for(session: Session, call_id: int, actor: Actor) -> ProjectCall:
    """A call: everybody's once it is published, before that its publisher's. Raises NotFound."""
    require_identity("call", call_id)
    call = session.get(ProjectCall, call_id)
    if call is None or (call.published_at is None and call.publisher_id not in published_for(actor)):
        raise NotFound("call", call_id)
    return call


def _call_to_write(session: Session, call_id: int, expected: int | None, actor: Actor) -> ProjectCall:
    call_for(session, call_id, actor)
    call = session.get_one(ProjectCall, call_id, with_for_update=True, populate_existing=True)
    require_publisher(actor, call.publisher_id)
    if expected is not None and call.row_version != expected:
        raise EditConflict(call.row_version, expected)
    return call


def prepare_call(session: Session, cmd: PrepareCall, *, actor: Actor, moment: Moment) -> ProjectCall:
    """Write a call, or write it anew while it is not published. Raises NotFound, Forbidden, EditConflict, Invalid."""
    require_publisher(actor, cmd.publisher_id)
    publisher = session.get_one(Organization, cmd.publisher_id)
    call = None
    if cmd.call_id is not None:
        call = _call_to_write(session, cmd.call_id, cmd.expected_version, actor)
        if call.published_on is not None:
            raise Invalid({"": Refusal(CallProblem.STANDS, published_on=call.published_on)})
    typed = Typed()
    values: dict[str, object] = {
        "year": _year(typed, cmd.year),
        "number": typed.text("number", cmd.number),
        "kinds": " ".join(_kinds(typed, cmd.kinds, publisher)),
        "title_zh": typed.text("title_zh", cmd.title_zh, required=True),
        "title_en": typed.text("title_en", cmd.title_en),
        "text": typed.text("text", cmd.text, maximum=LONG, required=True),
        "opens_on": typed.day("opens_on", cmd.opens_on),
        "closes_on": typed.day("closes_on", cmd.closes_on),
    }
    if cmd.closes_on < cmd.opens_on:
        typed.refuse("closes_on", Refusal(CallProblem.CLOSES_BEFORE_OPENING, opens_on=cmd.opens_on))
    topics = _topics(session, typed, cmd.topics)
    typed.done()
    if call is None:
        call = ProjectCall(publisher_id=publisher.id, is_demonstration=cmd.is_demonstration)
        session.add(call)
    for name, value in values.items():
        setattr(call, name, value)
    session.flush()
    session.execute(delete(CallTopic).where(CallTopic.call_id == call.id))
    session.add_all(
        CallTopic(call_id=call.id, position=position, framework_node=topic.framework_node or None, text=topic.text)
        for position, topic in enumerate(topics, start=1)
    )
    action = "call_prepared" if cmd.call_id is None else "call_changed"
    params = {"call": call.id, "publisher": publisher.name, "title_zh": cmd.title_zh, "kinds": cmd.kinds}
    append_administration(session, action, f"call/{call.id}", params, actor=actor, moment=moment)
    return call


def _year(typed: Typed, year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        typed.refuse("year", Refusal(FieldProblem.NOT_A_NUMBER, given=year))
    return year


def _kinds(typed: Typed, kinds: Iterable[Kind], publisher: Organization) -> tuple[Kind, ...]:
    offered = kinds_of_publisher(publisher)
    chosen = tuple(kind for kind in offered if kind in set(kinds))
    if set(kinds) - set(offered):
        typed.refuse("kinds", Refusal(FieldProblem.NOT_A_CHOICE, given="", choices=offered))
    elif not chosen:
        typed.refuse("kinds", Refusal(CallProblem.KIND_NEEDED))
    return chosen


def _topics(session: Session, typed: Typed, topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    known = set(session.scalars(select(FrameworkNode.code)))
    for line, topic in enumerate(topics, start=1):
        typed.text("topics", topic.text, maximum=LONGEST_TOPIC, required=True)
        if topic.framework_node and topic.framework_node not in known:
            told = Refusal(CallProblem.TOPIC_WITHOUT_NODE, line=line, given=topic.framework_node)
            typed.refuse("topics", told)
    return topics


def publish_call(
    session: Session, call_id: int, expected_version: int | None, *, actor: Actor, moment: Moment
) -> ProjectCall:
    """Publish a call: everybody reads it from now on, and it stands. Raises NotFound, Forbidden, EditConflict, Invalid."""
    call = _call_to_write(session, call_id, expected_version, actor)
    if call.published_on is not None:
        raise Invalid({"": Refusal(CallProblem.STANDS, published_on=call.published_on)})
    if call.closes_on < moment.day:
        told = Refusal(CallProblem.NOT_OPEN, opens_on=call.opens_on, closes_on=call.closes_on)
        raise Invalid({"closes_on": told})
    call.published_on, call.published_at = moment.day, moment.at
    params = {"call": call.id, "title_zh": call.title_zh, "opens_on": call.opens_on, "closes_on": call.closes_on}
    append_administration(session, "call_published", f"call/{call.id}", params, actor=actor, moment=moment)
    session.flush()
    return call


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendCall:
    """A later closing date for a call."""

    call_id: int
    expected_version: int | None = None
    closes_on: date


def extend_call(session: Session, cmd: ExtendCall, *, actor: Actor, moment: Moment) -> ProjectCall:
    """Let a published call close later. Raises NotFound, Forbidden, EditConflict, Invalid."""
    call = _call_to_write(session, cmd.call_id, cmd.expected_version, actor)
    typed = Typed()
    typed.day("closes_on", cmd.closes_on)
    if cmd.closes_on <= max(call.closes_on, call.opens_on):
        typed.refuse("closes_on", Refusal(CallProblem.CLOSES_EARLIER, closes_on=call.closes_on))
    typed.done()
    params = {"call": call.id, "before": call.closes_on, "closes_on": cmd.closes_on}
    call.closes_on = cmd.closes_on
    append_administration(session, "call_extended", f"call/{call.id}", params, actor=actor, moment=moment)
    session.flush()
    return call


def takes_suggestions(call: ProjectCall, day: date) -> bool:
    """Whether a call may be answered on this day, its last day included."""
    return call.published_on is not None and call.opens_on <= day <= call.closes_on


def check_call(session: Session, typed: Typed, call_id: int, kind: Kind, day: date) -> None:
    """Note a call that is not published, not open on this day, or for other kinds, as a problem."""
    call = session.get(ProjectCall, call_id) if is_identity(call_id) else None
    if call is None or call.published_on is None:
        typed.refuse("call_id", Refusal(FieldProblem.NOT_A_CHOICE, given=call_id))
    elif kind not in call.kinds.split():
        typed.refuse("call_id", Refusal(CallProblem.NOT_FOR_THIS_KIND))
    elif not takes_suggestions(call, day):
        told = Refusal(CallProblem.NOT_OPEN, opens_on=call.opens_on, closes_on=call.closes_on)
        typed.refuse("call_id", told)
