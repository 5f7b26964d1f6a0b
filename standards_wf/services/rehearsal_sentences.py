"""What a rehearsal says, in the words in which pages and the command line show it."""

from collections.abc import Iterable

from standards_wf.services.holders import Holder
from standards_wf.services.notifying import MAIL, Recipient
from standards_wf.services.rehearsal import Obstacle, OtherCase, Rehearsal
from standards_wf.services.remedies import Place
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Role

MOST_NAMED = 5
"""How many people are named of one role; the others are counted."""


def leads_to(told: Rehearsal) -> str:
    """Where the act leads, or would lead."""
    if told.to_stage is None:
        return t("这一阶段没有这个事项。", "The procedure has no such act at this stage.")
    stage = labels.stage(told.to_stage, told.kind)
    if told.is_prepared:
        return t(
            "此事须两人办理：这一次只作准备，由另一人确认后才生效；在此之前项目仍处于“{stage}”阶段。",
            "This takes two persons: it is only prepared now, and done when another person confirms it. Until then the "
            "project stays at the stage “{stage}”.",
            stage=stage,
        )
    if told.to_stage is told.from_stage:
        return t("项目仍处于“{stage}”阶段。", "The project stays at the stage “{stage}”.", stage=stage)
    before = labels.stage(told.from_stage, told.kind)
    return t(
        "项目由“{before}”进入“{stage}”阶段。",
        "The project goes from the stage “{before}” to “{stage}”.",
        before=before,
        stage=stage,
    )


def numbers_given(told: Rehearsal) -> tuple[str, ...]:
    """The numbers that the act gives."""
    said = []
    if told.plan_number:
        said.append(t("项目计划编号：{number}", "Number in the plan: {number}", number=told.plan_number))
    if told.number:
        said.append(t("文件编号：{number}", "Number of the document: {number}", number=told.number))
    return tuple(said)


def helped_by(obstacle: Obstacle) -> str:
    """Who can mend what stands against the act, or when it mends itself; nothing where the reason says it all."""
    if obstacle.from_day is not None:
        day = dates.long_date(obstacle.from_day)
        return t("无需任何人办理，{day}起自然满足。", "Time alone mends it: from {day} on.", day=day)
    if obstacle.refusal.code is RefusalCode.NOT_FROM_THIS_STAGE:
        return ""  # the reason itself says where to look
    if not obstacle.roles:
        return t("没有人能改变这一点；请看其他可办事项。", "Nobody can change this; look at the other acts.")
    who = t("；", "; ").join(_role_with_people(role, obstacle.holders) for role in obstacle.roles)
    if obstacle.place is Place.FORM:
        return t("在办理表单中填写：{who}。", "Filled in with the form of the act: {who}.", who=who)
    return t("可补齐的人员：{who}。", "Can be seen to by: {who}.", who=who)


def _role_with_people(role: Role, holders: Iterable[Holder]) -> str:
    name = labels.role(role)
    people = [one for one in holders if one.role is role]
    if role is Role.SYSTEM:
        return t("{role}（按日自动办理）", "{role} (by itself, day by day)", role=name)
    if not people:
        return t("{role}（目前无人担任）", "{role} (nobody at present)", role=name)
    named = t("、", ", ").join(one.name for one in people[:MOST_NAMED])
    if len(people) > MOST_NAMED:
        named += t("等{n}人", " and {n} more", n=_others(len(people)))
    body = people[0].body
    where = t("，{body}", ", {body}", body=body) if body and all(one.body == body for one in people) else ""
    return t("{role} {named}{where}", "{role} {named}{where}", role=name, named=named, where=where)


def _others(people: int) -> int:
    """Chinese counts all of them, English the others."""
    return int(t(str(people), str(people - MOST_NAMED)))


def recipient_in_words(recipient: Recipient) -> str:
    """Somebody who will be told, and how."""
    if MAIL in recipient.channels:
        return t("{name}（站内消息和邮件）", "{name} (on the desk and by mail)", name=recipient.name)
    return t("{name}（站内消息）", "{name} (on the desk)", name=recipient.name)


def other_case_in_words(case: OtherCase) -> str:
    """What happens to another case."""
    title = t(case.title_zh, case.title_en or case.title_zh)
    stage = labels.stage(case.to_stage, case.kind)
    if case.from_stage is None:
        return t("新开项目“{title}”（{stage}）", "A new case is opened: “{title}” ({stage})", title=title, stage=stage)
    if case.from_stage is case.to_stage:
        happened = labels.label(case.happened, case.kind)
        return t("“{title}”：{happened}", "“{title}”: {happened}", title=title, happened=happened)
    return t("“{title}”进入“{stage}”", "“{title}” goes on to “{stage}”", title=title, stage=stage)
