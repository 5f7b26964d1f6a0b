"""One case at the command line: where it stands, and an act on it."""

from collections.abc import Iterable

import click

from standards_wf.cli import printing, rehearsing
from standards_wf.cli.commands.confirming import say_prepared
from standards_wf.cli.commands.deadlines import deadline_as_data, in_days
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace, project_named
from standards_wf.cli.refusing import refusal_as_data
from standards_wf.cli.speaking import command, option
from standards_wf.errors import Invalid
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.reading.projects import Overview, overview_of
from standards_wf.services.reading.stays import UsualTime
from standards_wf.services.reading.way import Way
from standards_wf.services.rehearsal import rehearse
from standards_wf.services.saying import say
from standards_wf.services.two_persons import prepared_by
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import dates, labels
from standards_wf.wording.deadlines import DUE_WORDS, moved
from standards_wf.wording.language import Term, t
from standards_wf.workflow.fields import FIELDS, ActFields, FieldsNotUnderstood, read_fields
from standards_wf.workflow.machine import Decision
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Kind


@command(
    "act",
    about=Term(
        "对项目办理一个事项。不能办理时列出全部原因，每条带代码。加 --dry-run 只预演，不办理。\n"
        "PROJECT 是项目的序号、计划编号或文件编号；ACTION 见 standards-wf show PROJECT。",
        "Perform an act on a project. What stands against it is listed whole, each reason with its code. With --dry-run "
        "it is only told what would happen.\n"
        "PROJECT is its identity, its plan number or the number of its document; for ACTION see standards-wf show.",
    ),
    example="standards-wf act 12 open_consultation --as secretary --field closes_on=2026-09-01\n"
    'standards-wf act 12 return_to_drafting --as secretary --note "…"\n'
    "standards-wf act 12 publish --as authority --dry-run",
)
@click.argument("project", metavar="PROJECT")
@click.argument("action", type=click.Choice([action.value for action in Action]), metavar="ACTION")
@in_the_name_of
@option("--note", default="", about=Term("书面理由", "the written reason"))
@option("--field", "typed", metavar="K=V", multiple=True, about=Term("办理表单中的一项", "a field of the act's form"))
@option(
    "--dry-run", "dry_run", is_flag=True, about=Term("只预演，说明会发生什么，不办理", "only tell what would happen")
)
@printing.as_json
def act(
    project: str, action: str, login: str | None, note: str, typed: tuple[str, ...], *, dry_run: bool, machine: bool
) -> int | None:
    """Perform an act of the procedure in somebody's name, or tell what it would do."""
    fields = _read(Action(action), typed)
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        project_id = project_named(session, project)
        asked = PerformAction(project_id=project_id, action=Action(action), note=note, fields=fields)
        if dry_run:
            told = rehearse(session, asked, actor=actor_named(session, login, at), moment=at)
            printing.data(rehearsing.as_data(told)) if machine else rehearsing.as_text(told)
            return 0 if told.allowed else 1
        with unit_of_work(session):
            actor = actor_named(session, login, at)
            event = perform(session, asked, actor=actor, moment=at)
        overview = overview_of(session, project_id, actor_named(session, None, at), at)
    number = prepared_by(event)
    if number is not None:
        say_prepared(event, number, machine=machine)
        return None
    if machine:
        done = {"project": project_id, "seq": event.seq, "action": action, "from": event.from_stage}
        printing.data({**done, "to": event.to_stage, "hash": event.hash, "version": overview.head.version})
        return None
    kind = overview.head.kind
    printing.say(
        t(
            "已办理：{act}。项目现处于“{stage}”阶段。",
            "Done: {act}. The project is now at the stage “{stage}”.",
            act=labels.action(Action(action), kind),
            stage=labels.stage(event.to_stage, kind),
        )
    )
    return None


def _read(action: Action, typed: Iterable[str]) -> ActFields:
    given: dict[str, object] = {}
    for pair in typed:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(
                t("“{pair}”应写作 名称=值。", "“{pair}” must be written NAME=VALUE.", pair=pair), param_hint="--field"
            )
        given[name.strip()] = value
    try:
        return read_fields(action, given)
    except FieldsNotUnderstood as unread:
        raise Invalid(unread.problems) from None


@command(
    "show",
    about=Term(
        "显示项目所处的阶段、下一步可由谁办理什么、还缺什么、有哪些期限。",
        "Show where a project stands, what may be done next and by whom, what is missing, and what is due.",
    ),
    example='standards-wf show 12\nstandards-wf show "DB31/T 1—2026" --as secretary --json',
)
@click.argument("project", metavar="PROJECT")
@in_the_name_of
@printing.as_json
def show(project: str, login: str | None, *, machine: bool) -> None:
    """Print the first page of a project."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        actor = actor_named(session, login, at)
        overview = overview_of(session, project_named(session, project), actor, at)
    if machine:
        printing.data(_as_data(overview, anybody=login is None))
    else:
        _as_text(overview, anybody=login is None)


def _missing(decision: Decision, *, anybody: bool) -> tuple[Refusal, ...]:
    """What stands against an act beside its own form; without a name, whose act it is is said beside it."""
    return tuple(each for each in decision.missing if not (anybody and each.code is RefusalCode.ROLE_REQUIRED))


def _as_data(overview: Overview, *, anybody: bool) -> dict[str, object]:
    head = overview.head
    return {
        "id": head.id,
        "kind": head.kind,
        "title_zh": head.title_zh,
        "title_en": head.title_en,
        "stage": head.stage,
        "phase": head.phase,
        "code": head.stage_code,
        "version": head.version,
        "number": head.number,
        "plan_number": head.plan_number,
        "actions": [
            {
                "action": decision.action,
                "label": str(labels.action(decision.action, head.kind)),
                "allowed": not _missing(decision, anybody=anybody),
                "roles": decision.row.roles if decision.row else (),
                "to": decision.row.target if decision.row else None,
                "note_required": decision.row.needs_note if decision.row else False,
                "fields": [{"name": row.name, "required": row.required} for row in FIELDS.get(decision.action, ())],
                "refusals": [refusal_as_data(each, head.kind) for each in _missing(decision, anybody=anybody)],
            }
            for decision in overview.decisions
        ],
        "way": [
            {
                "stage": step.stage,
                "action": step.action,
                "earliest": step.earliest,
                "usual": {
                    "cases": step.usual.cases,
                    "median": step.usual.median,
                    "shortest": step.usual.shortest,
                    "longest": step.usual.longest,
                },
            }
            for step in overview.way.steps
        ],
        "deadlines": [deadline_as_data(each) for each in overview.deadlines],
        "past_deadlines": [deadline_as_data(each) for each in overview.past],
        "suspended_since": overview.resting.rest.since if overview.resting.rest else None,
    }


def _as_text(overview: Overview, *, anybody: bool) -> None:
    head = overview.head
    number = "  ".join(part for part in (head.number, head.plan_number) if part)
    printing.say(f"#{head.id}  {head.title_zh}" + (f"  {number}" if number else ""))
    printing.say(
        t(
            "{kind}，{phase}阶段：{stage}（{code}），第{version}版",
            "{kind}, {phase}: {stage} ({code}), version {version}",
            kind=labels.kind(head.kind),
            phase=labels.phase(head.phase),
            stage=labels.stage(head.stage, head.kind),
            code=head.stage_code,
            version=head.version,
        )
    )
    rest = overview.resting.rest
    if rest is not None:
        told = t(
            "  自{day}起中止：{reason}",
            "  Suspended since {day}: {reason}",
            day=dates.long_date(rest.since),
            reason=rest.reason,
        )
        printing.say(told)
    for each in overview.deadlines:
        told = t("；", "; ").join(filter(None, (in_days(each), moved(each.counted))))
        day = dates.long_date(each.on)
        printing.say(
            t("  {due}：{day}（{told}）", "  {due}: {day} ({told})", due=DUE_WORDS[each.due], day=day, told=told)
        )
    printing.say()
    _show_way(overview.way, head.kind)
    if not overview.decisions:
        printing.say(t("项目已办结，没有下一步。", "The case is closed; there is nothing to be done."))
    for decision in overview.decisions:
        _show_decision(decision, head.kind, anybody=anybody)


def _show_way(way: Way, kind: Kind) -> None:
    """The way to publication, a line for each stage that is left."""
    if not way.steps:
        return
    head = t(
        "到发布还有（最早日期，同类项目通常停留）：", "The way to publication (earliest day, usual stay of past cases):"
    )
    printing.say(head)
    for step in way.steps:
        day, is_last = dates.long_date(step.earliest), step is way.steps[-1]
        usual = "" if is_last else f"  {_usual_in_words(step.usual)}"
        printing.say(f"  {labels.stage(step.stage, kind)}  {day}{usual}")
    if way.rests:
        printing.say(
            t("  项目已中止，日期按今天恢复推算。", "  The project rests; the days are those if it is resumed today.")
        )
    if way.is_too_late:
        printing.say(t("  已赶不上计划规定的完成日期。", "  The completion date of the plan cannot be kept any more."))
    printing.say()


def _usual_in_words(time: UsualTime) -> str:
    """Median and range, or that too few cases are known."""
    if time.median is None:
        return t("未知（不足五项）", "unknown (fewer than five cases)")
    return t(
        "{median} 天（{shortest}–{longest} 天，{cases} 项）",
        "{median} days ({shortest}–{longest}, {cases} cases)",
        median=time.median,
        shortest=time.shortest,
        longest=time.longest,
        cases=time.cases,
    )


def _show_decision(decision: Decision, kind: Kind, *, anybody: bool) -> None:
    missing = _missing(decision, anybody=anybody)
    mark = "✗" if missing else "✓"
    roles = t("、", ", ").join(str(labels.role(role)) for role in decision.row.roles) if decision.row else ""
    target = decision.row.target if decision.row else None
    leads = f" → {labels.stage(target, kind)}" if target and decision.row and target is not decision.row.source else ""
    printing.say(f"{mark} {decision.action}  {labels.action(decision.action, kind)}{leads}  [{roles}]")
    for refusal in missing:
        printing.say(f"    [{refusal.code}] {say(refusal, kind)}")
