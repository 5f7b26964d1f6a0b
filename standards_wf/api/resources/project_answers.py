"""A project as the API answers it: where it stands, what may be done next, what is due, what it says."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call
from standards_wf.api.errors import Reason, reason
from standards_wf.api.resources.deadline_answers import DeadlineAnswer, deadline_answer
from standards_wf.api.resources.long_life_answers import ReplacedAnswer, replaced_answer
from standards_wf.api.resources.way_answers import WayAnswer, way_answer
from standards_wf.services.reading.projects import ListedProject, Overview, overview_of
from standards_wf.services.reading.resting import Rest
from standards_wf.wording import labels
from standards_wf.workflow.fields import FIELDS, FieldType
from standards_wf.workflow.machine import Decision
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, FastTrackReason, Kind, MetrologyCategory, Phase, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionAnswer:
    """Since when a project rests, and why; `days` were counted so far."""

    since: date
    reason: str
    by: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAnswer:
    """A field of an act's form."""

    name: str
    label: str
    type: FieldType
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAnswer:
    """An act of the procedure at this stage. It is `allowed` when nothing but its own fields and its note is missing."""

    action: Action
    label: str
    allowed: bool
    to: Stage | None
    roles: tuple[Role, ...]
    refusals: tuple[Reason, ...]
    note_required: bool
    fields: tuple[FieldAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAnswer:
    """Somebody whom the foreword names."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAnswer:
    """A project; its `version` is also its ETag."""

    id: int
    kind: Kind
    category: MetrologyCategory | None
    title_zh: str
    title_en: str
    stage: Stage
    stage_label: str
    phase: Phase
    code: str
    version: int
    number: str
    plan_number: str
    roles: tuple[Role, ...]
    """What the caller is to this project."""
    deadlines: tuple[DeadlineAnswer, ...]
    """What is due and not done."""
    past_deadlines: tuple[DeadlineAnswer, ...]
    """What was due: met, or not owed any more."""
    suspension: SuspensionAnswer | None
    way: WayAnswer
    actions: tuple[ActionAnswer, ...]
    node: str
    ics: str
    ccs: str
    purpose: str
    necessity: str
    scope: str
    technical_content: str
    relation_to_laws: str
    contact: str
    proposed_months: int | None
    is_revision: bool
    replaces: str
    """The number of the document replaced; of several the first."""
    replacements: tuple[ReplacedAnswer, ...]
    main_changes: str
    adopts_foreign_text: bool
    is_mandatory: bool
    part_of: str
    proposer: str
    authority: str
    competent_department: str
    group: str
    committee: str
    committee_id: int | None
    drafting_units: tuple[str, ...]
    drafters: tuple[NamedAnswer, ...]
    fast_track: FastTrackReason | None
    fast_track_granted: bool | None
    """Empty while nobody has decided."""
    is_joint: bool
    created_at: datetime
    corrected_on: date | None
    """The last day on which the stage was corrected by hand."""
    prepared_act: int | None
    """The number of the prepared act that waits for a second person."""
    is_demonstration: bool
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project in a list."""

    id: int
    kind: Kind
    title_zh: str
    title_en: str
    stage: Stage
    phase: Phase
    code: str
    number: str
    plan_number: str
    node: str
    committee: str
    stage_since: datetime
    deadline: DeadlineAnswer | None
    is_demonstration: bool
    location: str


ProjectLines = Listed[ProjectLine]


def location_of(project_id: int) -> str:
    """The address of a project."""
    return f"/api/v1/projects/{project_id}"


def project_answer(call: Call, project_id: int) -> ProjectAnswer:
    """A project as it stands now, for somebody who may see it. Raises NotFound."""
    return _answer(overview_of(call.session, project_id, call.actor, call.moment))


def action_answer(decision: Decision, kind: Kind) -> ActionAnswer:
    """An act with everything that stands against it, its own form apart."""
    row = decision.row
    return ActionAnswer(
        action=decision.action,
        label=str(labels.action(decision.action, kind)),
        allowed=decision.open,
        to=row.target if row else None,
        roles=row.roles if row else (),
        refusals=tuple(reason(each, kind) for each in decision.missing),
        note_required=row.needs_note if row else False,
        fields=tuple(
            FieldAnswer(name=field.name, label=str(labels.field(field.name)), type=field.type, required=field.required)
            for field in FIELDS.get(decision.action, ())
        ),
    )


def _answer(overview: Overview) -> ProjectAnswer:
    head, said = overview.head, overview.particulars
    return ProjectAnswer(
        id=head.id,
        kind=head.kind,
        category=head.category,
        title_zh=head.title_zh,
        title_en=head.title_en,
        stage=head.stage,
        stage_label=str(labels.stage(head.stage, head.kind)),
        phase=head.phase,
        code=head.stage_code,
        version=head.version,
        number=head.number,
        plan_number=head.plan_number,
        roles=tuple(sorted(head.roles)),
        deadlines=tuple(deadline_answer(each) for each in overview.deadlines),
        past_deadlines=tuple(deadline_answer(each) for each in overview.past),
        suspension=_suspension(overview.resting.rest),
        way=way_answer(overview.way, head.kind),
        actions=tuple(action_answer(each, head.kind) for each in overview.decisions),
        node=said.framework_node,
        ics=said.ics,
        ccs=said.ccs,
        purpose=said.purpose,
        necessity=said.necessity,
        scope=said.scope,
        technical_content=said.technical_content,
        relation_to_laws=said.relation_to_laws,
        contact=said.contact,
        proposed_months=said.proposed_months,
        is_revision=said.is_revision,
        replaces=said.replaces,
        replacements=tuple(replaced_answer(each) for each in said.replacements),
        main_changes=said.main_changes,
        adopts_foreign_text=said.adopts_foreign_text,
        is_mandatory=said.is_mandatory,
        part_of=said.part_of,
        proposer=said.proposer,
        authority=said.authority,
        competent_department=said.competent_department,
        group=said.group,
        committee=said.committee,
        committee_id=said.committee_id,
        drafting_units=said.units,
        drafters=tuple(NamedAnswer(name=each.name, unit=each.unit) for each in said.drafters),
        fast_track=head.fast_track,
        fast_track_granted=head.fast_track_granted,
        is_joint=head.is_joint,
        created_at=said.created_at,
        corrected_on=head.corrected_on,
        prepared_act=overview.waiting.number if overview.waiting else None,
        is_demonstration=head.is_demonstration,
        location=location_of(head.id),
    )


def _suspension(rest: Rest | None) -> SuspensionAnswer | None:
    return SuspensionAnswer(since=rest.since, reason=rest.reason, by=rest.by, days=rest.days) if rest else None


def project_line(row: ListedProject) -> ProjectLine:
    """A project as a list has it."""
    return ProjectLine(
        id=row.id,
        kind=row.kind,
        title_zh=row.title_zh,
        title_en=row.title_en,
        stage=row.stage,
        phase=STAGES[row.stage].phase,
        code=row.stage_code,
        number=row.number,
        plan_number=row.plan_number,
        node=row.framework_node,
        committee=row.committee,
        stage_since=row.stage_since,
        deadline=deadline_answer(row.deadline) if row.deadline else None,
        is_demonstration=row.is_demonstration,
        location=location_of(row.id),
    )
