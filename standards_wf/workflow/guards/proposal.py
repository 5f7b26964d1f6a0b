"""Guards of the proposal: application, appraisal, plan, extension."""

from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Application, Aspect, ProjectFacts, known
from standards_wf.workflow.guards.asking import looks_at
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Kind

_ALWAYS_NEEDED = (
    "title_zh",
    "framework_node",
    "purpose",
    "necessity",
    "scope",
    "technical_content",
    "relation_to_laws",
    "drafting_units",
    "contact",
    "proposed_months",
)


def _empty_fields(kind: Kind, application: Application) -> tuple[str, ...]:
    needed = list(_ALWAYS_NEEDED)
    if KINDS[kind].needs_title_en:
        needed.insert(1, "title_en")
    if KINDS[kind].has_category:
        needed.insert(1, "category")
    if application.is_revision:
        needed.append("replaces")
    return tuple(name for name in needed if not getattr(application, name))


@looks_at(Aspect.APPLICATION)
def application_complete(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The form names titles, kind, node, purpose and necessity, scope, content, relations, unit, contact, months.

    A local standard has an English title too; a revision names the document that it replaces.
    """
    missing = _empty_fields(facts.kind, known(facts.application))
    return Refusal(RefusalCode.APPLICATION_INCOMPLETE, fields=missing) if missing else None


@looks_at(Aspect.APPLICATION)
def applicant_is_entitled(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """A competent department applies for a local standard, the secretariat for a group standard.

    A metrology specification is applied for by a unit, with the signed application form.
    """
    applicants = KINDS[facts.kind].applicants
    if not actor.roles_in(facts.parties) & set(applicants):
        return Refusal(RefusalCode.APPLICANT_NOT_ENTITLED, kind=facts.kind, roles=applicants)
    if KINDS[facts.kind].needs_signed_form and not known(facts.application).signed_form_attached:
        return Refusal(RefusalCode.SIGNED_FORM_MISSING)
    return None


@looks_at(Aspect.APPRAISAL)
def appraisal_passed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """An appraisal is recorded: date, enough experts by name and unit, conclusion in favour."""
    appraisal = known(facts.appraisal)
    if appraisal.held_on is None or appraisal.in_favour is None:
        return Refusal(RefusalCode.APPRAISAL_NOT_RECORDED)
    experts = {(name.strip(), unit.strip()) for name, unit in appraisal.experts if name.strip() and unit.strip()}
    if len(experts) < facts.rules.appraisal_min_experts:
        return Refusal(RefusalCode.TOO_FEW_EXPERTS, experts=len(experts), needed=facts.rules.appraisal_min_experts)
    return None if appraisal.in_favour else Refusal(RefusalCode.APPRAISAL_NOT_IN_FAVOUR)


def _applicant_is_named(facts: ProjectFacts) -> bool:
    match KINDS[facts.kind].addressee:
        case Addressee.DEPARTMENT:
            return facts.parties.competent_department_id is not None
        case Addressee.GROUP:
            return facts.parties.group_id is not None
        case Addressee.COMMITTEE:
            return True  # the unit that applies is named by the form that it signed


@looks_at(Aspect.APPLICATION)
def plan_entry_complete(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Plan number, name, applicant, drafting unit and completion date are given, and the plan is published."""
    application, given = known(facts.application), facts.fields
    entry = {
        "plan_number": given.plan_number,
        "title_zh": application.title_zh,
        "applicant": _applicant_is_named(facts),
        "drafting_units": application.drafting_units,
        "completes_on": given.completes_on,
        "plan_published_on": given.plan_published_on,
    }
    missing = tuple(name for name, value in entry.items() if not value)
    if missing or given.completes_on is None or given.plan_published_on is None:
        return Refusal(RefusalCode.PLAN_ENTRY_INCOMPLETE, fields=missing)
    if given.plan_published_on > facts.today:
        return Refusal(RefusalCode.PLAN_NOT_YET_PUBLISHED, published_on=given.plan_published_on, today=facts.today)
    latest = deadlines.latest_completion(given.plan_published_on, facts.rules, is_revision=application.is_revision)
    if not given.plan_published_on < given.completes_on <= latest.on:
        return Refusal(
            RefusalCode.PLAN_TOO_LONG,
            completes_on=given.completes_on,
            published_on=given.plan_published_on,
            latest=latest.on,
            months=latest.figure,
        )
    return None


@looks_at(Aspect.PLAN)
def extension_allowed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The extension is asked for in time, is the first, and is not too long."""
    plan, months, rules = known(facts.plan), facts.fields.months, facts.rules
    if plan.completes_on is None:
        return Refusal(RefusalCode.PLAN_ENTRY_INCOMPLETE, fields=("completes_on",))
    completes = deadlines.completion(plan.completes_on, facts.suspensions, today=facts.today)
    before = deadlines.extension_asked_before(completes, rules)
    if facts.today >= before:
        return Refusal(RefusalCode.EXTENSION_TOO_LATE, completes_on=completes.on, before=before)
    if plan.extensions:
        return Refusal(RefusalCode.EXTENSION_NOT_THE_FIRST, extensions=plan.extensions)
    if months is None:
        return Refusal(RefusalCode.EXTENSION_MONTHS_MISSING, maximum=rules.extension_max_months)
    if not 1 <= months <= rules.extension_max_months:
        return Refusal(RefusalCode.EXTENSION_TOO_LONG, months=months, maximum=rules.extension_max_months)
    return None
