"""Projects: listed, opened with a suggestion, changed, and moved along their lifecycle."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.problems import RequestProblem
from standards_wf.api.resources.prepared_answers import PreparedActAnswer, prepared_answer
from standards_wf.api.resources.project_answers import ProjectAnswer, ProjectLine, project_answer, project_line
from standards_wf.api.resources.rehearsal_answers import RehearsalAnswer, rehearsal_answer
from standards_wf.api.values import checked_paging
from standards_wf.errors import Invalid
from standards_wf.models.people import Person
from standards_wf.services.access import project_for
from standards_wf.services.lifecycle import PerformAction, perform, require_version
from standards_wf.services.people import require_person
from standards_wf.services.projects import ChangeParticulars, NamedDrafter, change_particulars
from standards_wf.services.reading.projects import ProjectFilter, list_projects
from standards_wf.services.rehearsal import rehearse
from standards_wf.services.succession import PartlyReplaced
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.services.two_persons import prepared_by
from standards_wf.workflow.fields import FIELDS, ActFields, FieldProblem, FieldsNotUnderstood, FieldType, read_fields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, Kind, MetrologyCategory, Phase, Stage

TAG = "projects"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectQuery:
    """Which projects."""

    q: str = ""
    kind: Kind | None = None
    stage: Stage | None = None
    phase: Phase | None = None
    node: str = ""
    committee: int | None = None
    mine: bool = False
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DrafterBody:
    """A drafter; `login` ties the name to somebody who can log in."""

    name: str
    unit: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartlyReplacedBody:
    """A document of which some clauses are replaced; it stays in force."""

    number: str
    clauses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsBody:
    """New particulars of a project; what is left out stays as it is."""

    title_zh: str | None = None
    title_en: str | None = None
    category: MetrologyCategory | None = None
    node: str | None = None
    ics: str | None = None
    ccs: str | None = None
    purpose: str | None = None
    necessity: str | None = None
    scope: str | None = None
    technical_content: str | None = None
    relation_to_laws: str | None = None
    contact: str | None = None
    proposed_months: int | None = None
    is_revision: bool | None = None
    replaces: str | None = None
    """The documents replaced wholly: their numbers, with a semicolon between several."""
    partly_replaces: tuple[PartlyReplacedBody, ...] | None = None
    main_changes: str | None = None
    adopts_foreign_text: bool | None = None
    is_mandatory: bool | None = None
    part_of: str | None = None
    committee_id: int | None = None
    drafting_units: tuple[str, ...] | None = None
    drafters: tuple[DrafterBody, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionBody(ParticularsBody):
    """A suggestion for a new document.

    A local standard goes to a department, a group standard to an association, a metrology specification to a
    committee; `GET /organizations` and `GET /committees` tell their identities.
    """

    kind: Kind
    title_zh: str
    purpose: str
    name: str = ""
    """Who suggests it; the caller where nothing is given."""
    organization: str = ""
    competent_department_id: int | None = None
    group_id: int | None = None


@endpoint("GET", "/projects", about="The projects that the caller may see, those that changed last first.", tag=TAG)
def list_(call: Call, query: ProjectQuery) -> Listed[ProjectLine]:
    """A page of projects."""
    checked_paging(query.page, query.per_page)
    wanted = ProjectFilter(
        text=query.q,
        kind=query.kind,
        stage=query.stage,
        phase=query.phase,
        node=query.node,
        committee_id=query.committee,
        mine=query.mine,
    )
    found = list_projects(
        call.session, wanted, query.page, actor=call.actor, moment=call.moment, per_page=query.per_page
    )
    items = tuple(project_line(row) for row in found.rows) if found.page == query.page else ()
    return Listed(items=items, total=found.total, page=query.page, per_page=query.per_page)


@endpoint("POST", "/projects", about="Suggest a document: this opens a project.", tag=TAG, status=201)
def suggest(call: Call, body: SuggestionBody) -> ProjectAnswer:
    """Open a project with a suggestion, and enter what else is known of it."""
    person = call.session.get_one(Person, require_person(call.actor))
    suggestion = FileSuggestion(
        kind=body.kind,
        category=body.category,
        title_zh=body.title_zh,
        title_en=body.title_en or "",
        framework_node=body.node or "",
        text=body.purpose,
        name=body.name or person.name,
        organization=body.organization,
        contact=body.contact or person.email or person.name,
        competent_department_id=body.competent_department_id,
        group_id=body.group_id,
        committee_id=body.committee_id,
    )
    project = file_suggestion(call.session, suggestion, actor=call.actor, moment=call.moment)
    more = _particulars(body, project.id, expected_version=None, without=frozenset({"category", "committee_id"}))
    change_particulars(call.session, more, actor=call.actor, moment=call.moment)
    return project_answer(call, project.id)


@endpoint("GET", "/projects/{project_id}", about="A project: its stage, what may be done next, what is due.", tag=TAG)
def show(call: Call, project_id: int) -> ProjectAnswer:
    """A project."""
    return project_answer(call, project_id)


@endpoint(
    "PATCH",
    "/projects/{project_id}",
    about="Change the particulars of a project.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def change(call: Call, project_id: int, body: ParticularsBody) -> ProjectAnswer:
    """Change particulars."""
    command = _particulars(body, project_id, expected_version=call.expected_version)
    change_particulars(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


def _particulars(
    body: ParticularsBody, project_id: int, *, expected_version: int | None, without: frozenset[str] = frozenset()
) -> ChangeParticulars:
    given = {
        field.name: getattr(body, field.name)
        for field in fields(ParticularsBody)
        if field.name not in {"node", "drafters", "partly_replaces", *without}
    }
    drafters = None
    if body.drafters is not None:
        drafters = tuple(NamedDrafter(each.name, each.unit, each.login) for each in body.drafters)
    partly = None
    if body.partly_replaces is not None:
        partly = tuple(PartlyReplaced(each.number, each.clauses) for each in body.partly_replaces)
    return ChangeParticulars(
        project_id=project_id,
        expected_version=expected_version,
        framework_node=body.node,
        partly_replaces=partly,
        drafters=drafters,
        **given,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActQuery:
    """Whether the act is to be done, or only to be told: a dry run changes nothing and says what would happen."""

    dry_run: bool = False


def rehearse_act(call: Call, project_id: int, action: Action, body: dict[str, object]) -> RehearsalAnswer:
    """What an act would do, and what stands against it."""
    told = rehearse(call.session, _command(call, project_id, action, body), actor=call.actor, moment=call.moment)
    return rehearsal_answer(told)


@endpoint(
    "POST",
    "/projects/{project_id}/actions/{action}",
    about="Perform an act of the procedure. Beside the note, the body has the fields that the act's form names. "
    "With `dry_run=true` nothing is done, and the answer says what would happen.",
    tag=TAG,
    if_match=IfMatch.NEEDED,
    rehearsal=rehearse_act,
    accepted=PreparedActAnswer,
)
def act(
    call: Call,
    project_id: int,
    action: Action,
    body: dict[str, object],
    query: ActQuery,  # noqa: ARG001  who asks for a dry run is answered by the rehearsal
) -> ProjectAnswer | PreparedActAnswer:
    """Perform an act, or prepare it where it takes two persons."""
    event = perform(call.session, _command(call, project_id, action, body), actor=call.actor, moment=call.moment)
    number = prepared_by(event)
    return project_answer(call, project_id) if number is None else prepared_answer(call, project_id, number)


def _command(call: Call, project_id: int, action: Action, body: Mapping[str, object]) -> PerformAction:
    """The act as the body says it, for somebody who may see the project in the version named. Raises Invalid."""
    project = project_for(call.session, project_id, call.actor)
    require_version(project, call.expected_version)
    note = body.get("note")
    if note is not None and not isinstance(note, str):
        raise Invalid({"note": Refusal(RequestProblem.NOT_A_STRING)})
    given = {name: value for name, value in body.items() if name != "note"}
    return PerformAction(
        project_id=project_id,
        action=action,
        expected_version=call.expected_version,
        note=note or "",
        fields=_act_fields(action, given),
    )


_JSON_TYPE = {FieldType.INTEGER: int, FieldType.BOOLEAN: bool}
_WRONG_TYPE = {FieldType.INTEGER: RequestProblem.NOT_AN_INTEGER, FieldType.BOOLEAN: RequestProblem.NOT_A_BOOLEAN}


def _act_fields(action: Action, given: Mapping[str, object]) -> ActFields:
    """The fields of an act's form, each of its type. Raises Invalid."""
    rows = {row.name: row for row in FIELDS.get(action, ())}
    problems = {}
    for name, value in given.items():
        if name not in rows:
            problems[name] = Refusal(RequestProblem.NO_SUCH_FIELD, name=name, known=("note", *rows))
        elif value is not None and type(value) is not _JSON_TYPE.get(rows[name].type, str):
            code = _WRONG_TYPE.get(rows[name].type, RequestProblem.NOT_A_STRING)
            problems[name] = Refusal(code, least=-9999, most=9999)
        elif isinstance(value, str) and "\x00" in value:
            problems[name] = Refusal(FieldProblem.NOT_TEXT)
    if problems:
        raise Invalid(problems)
    try:
        return read_fields(action, given)
    except FieldsNotUnderstood as unread:
        raise Invalid(unread.problems) from None
