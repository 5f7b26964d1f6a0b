"""Hands on the wheel at the command line: the second person of an act that takes two, and the correction of a stage."""

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace, project_named
from standards_wf.cli.speaking import command, option
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.people import OPERATOR
from standards_wf.services.prepared_acts import (
    ConfirmPreparedAct,
    WithdrawPreparedAct,
    confirm_prepared_act,
    withdraw_prepared_act,
)
from standards_wf.services.reading.corrections import CorrectionShown, list_corrections
from standards_wf.services.two_persons import prepared_by
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Stage


def say_prepared(event: LifecycleEvent, number: int, *, machine: bool) -> None:
    """Say that an act was prepared and not done, and what the second person has to call."""
    if machine:
        printing.data({"project": event.project_id, "prepared_act": number, "seq": event.seq, "hash": event.hash})
        return
    printing.say(
        t(
            "已准备（第{n}号），尚未办理：须由另一人确认。\n  standards-wf confirm {project} {n} --as …",
            "Prepared as no. {n} and not yet done: a second person has to confirm it.\n"
            "  standards-wf confirm {project} {n} --as …",
            n=number,
            project=event.project_id,
        )
    )


def _say_done(event: LifecycleEvent, sentence: str, *, machine: bool) -> None:
    if machine:
        done = {"project": event.project_id, "seq": event.seq, "action": event.action, "from": event.from_stage}
        printing.data({**done, "to": event.to_stage, "hash": event.hash})
    else:
        printing.say(sentence)


@command(
    "confirm",
    about=Term(
        "确认他人准备的事项。您作为第二人，确认即办理。\nPROJECT 同 standards-wf act；NUMBER 是准备的事项的编号。",
        "Confirm what somebody else prepared. You are the second person, and it is done.\nPROJECT as for standards-wf act; NUMBER "
        "is that of the prepared act.",
    ),
    example="standards-wf confirm 12 1 --as deputy-director",
)
@click.argument("project", metavar="PROJECT")
@click.argument("number", type=int, metavar="NUMBER")
@in_the_name_of
@printing.as_json
def confirm(project: str, number: int, login: str | None, *, machine: bool) -> None:
    """Be the second person of an act that takes two."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session, unit_of_work(session):
        asked = ConfirmPreparedAct(project_id=project_named(session, project), number=number)
        event = confirm_prepared_act(session, asked, actor=actor_named(session, login, at), moment=at)
    sentence = t(
        "已确认并办理。项目现处于“{stage}”阶段。",
        "Confirmed and done. The project is now at the stage “{stage}”.",
        stage=labels.stage(event.to_stage),
    )
    _say_done(event, sentence, machine=machine)


@command(
    "withdraw-prepared",
    about=Term(
        "撤回准备的事项。\nPROJECT 同 standards-wf act；NUMBER 是准备的事项的编号。",
        "Withdraw what was prepared for a second person.\nPROJECT as for standards-wf act; NUMBER is that of the prepared "
        "act.",
    ),
    example='standards-wf withdraw-prepared 12 1 --as authority --note "…"',
)
@click.argument("project", metavar="PROJECT")
@click.argument("number", type=int, metavar="NUMBER")
@in_the_name_of
@option("--note", default="", about=Term("说明", "a note"))
@printing.as_json
def withdraw_prepared(project: str, number: int, login: str | None, note: str, *, machine: bool) -> None:
    """Take back what was prepared."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session, unit_of_work(session):
        asked = WithdrawPreparedAct(project_id=project_named(session, project), number=number, note=note)
        event = withdraw_prepared_act(session, asked, actor=actor_named(session, login, at), moment=at)
    _say_done(event, t("准备的事项已撤回。", "What was prepared is withdrawn."), machine=machine)


@command(
    "correct-stage",
    about=Term(
        "人工更正项目的阶段。由管理员办理：不检查程序规定的条件，正在进行的征求意见、审查、公示随之结束；永久记录。\n"
        "PROJECT 同 standards-wf act；STAGE 是阶段的代码，例如 drafting。",
        "Put a project at another stage by hand. This is for administrators: no condition of the procedure is checked, and a "
        "consultation, review or notice that runs is closed; it is recorded for ever.\n"
        "PROJECT as for standards-wf act; STAGE is the code of a stage, such as drafting.",
    ),
    example='standards-wf correct-stage 12 drafting --as administrator --note "…"',
)
@click.argument("project", metavar="PROJECT")
@click.argument("stage", type=click.Choice([stage.value for stage in Stage]), metavar="STAGE")
@in_the_name_of
@option("--note", required=True, about=Term("书面理由（必填）", "the written reason, which is owed"))
@printing.as_json
def correct(project: str, stage: str, login: str | None, note: str, *, machine: bool) -> None:
    """Correct a stage by hand."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session, unit_of_work(session):
        asked = CorrectStage(project_id=project_named(session, project), stage=Stage(stage), note=note)
        event = correct_stage(session, asked, actor=actor_named(session, login, at), moment=at)
    number = prepared_by(event)
    if number is not None:
        say_prepared(event, number, machine=machine)
        return
    sentence = t("阶段已更正为“{stage}”。", "The stage is now “{stage}”.", stage=labels.stage(event.to_stage))
    _say_done(event, sentence, machine=machine)


@command(
    "corrections",
    about=Term("列出全部人工更正，最近的在前。", "List all corrections by hand, the latest first."),
    example="standards-wf corrections\nstandards-wf corrections --json",
)
@printing.as_json
def corrections(*, machine: bool) -> None:
    """Print every correction by hand."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        first = list_corrections(session, OPERATOR)
        rows = list_corrections(session, OPERATOR, per_page=max(1, first.total)).rows
    if machine:
        printing.data([_as_data(row) for row in rows])
        return
    if not rows:
        printing.say(t("没有人工更正。", "There are no corrections by hand."))
    for row in rows:
        by = row.by or t("系统操作员", "the operator")
        if row.prepared_by:
            by = t("{by}确认，{first}准备", "{by}; prepared by {first}", by=by, first=row.prepared_by)
        leads = f"{labels.stage(row.from_stage, row.kind)} → " if row.from_stage else ""
        printing.say(f"{dates.long_date(row.on_day)}  #{row.project_id} {row.title_zh}")
        printing.say(f"    {leads}{labels.stage(row.to_stage, row.kind)}  [{by}]  {row.note}")


def _as_data(row: CorrectionShown) -> dict[str, object]:
    return {
        "project": row.project_id,
        "title_zh": row.title_zh,
        "seq": row.seq,
        "at": row.at,
        "on_day": row.on_day,
        "from": row.from_stage,
        "to": row.to_stage,
        "by": row.by,
        "prepared_by": row.prepared_by,
        "note": row.note,
    }
