"""How the command line tells what an act would do."""

from collections.abc import Iterable

from standards_wf.cli import printing
from standards_wf.cli.refusing import refusal_as_data
from standards_wf.services.reading.deadlines import Deadline
from standards_wf.services.rehearsal import Obstacle, Rehearsal
from standards_wf.services.rehearsal_sentences import (
    helped_by,
    leads_to,
    numbers_given,
    other_case_in_words,
    recipient_in_words,
)
from standards_wf.services.remedies import address_of
from standards_wf.services.saying import say
from standards_wf.wording import dates, labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.wording.language import t


def as_text(told: Rehearsal) -> None:
    """A rehearsal for the person at the terminal."""
    printing.say(
        t(
            "预演：{act}（{code}）。没有办理，也没有改动任何内容。",
            "Dry run: {act} ({code}). Nothing was done and nothing was changed.",
            act=labels.action(told.action, told.kind),
            code=told.action,
        )
    )
    if not told.allowed:
        printing.say(t("现在不能办理，原因：", "It cannot be done now, because:"))
        for obstacle in told.obstacles:
            _say_obstacle(obstacle, told)
        return
    printing.say(t("现在可以办理。", "It can be done now.") + leads_to(told))
    for line in numbers_given(told):
        printing.say(line)
    _say_list(t("将生成材料：", "Papers that will be made:"), _papers(told))
    _say_list(t("将告知：", "Told of it:"), map(recipient_in_words, told.recipients))
    _say_list(t("开始计算的期限：", "Deadlines that begin:"), map(_deadline, told.begins))
    _say_list(t("随之结束的期限：", "Deadlines that end:"), map(_deadline, told.ends))
    _say_list(t("其他项目：", "Other cases:"), map(other_case_in_words, told.others))


def _say_obstacle(obstacle: Obstacle, told: Rehearsal) -> None:
    printing.say(f"  [{obstacle.refusal.code}] {say(obstacle.refusal, told.kind)}")
    if help_in_words := helped_by(obstacle):
        printing.say(f"      {help_in_words}")
        printing.say(f"      {address_of(told.project_id, obstacle.place, told.action)}")


def _papers(told: Rehearsal) -> Iterable[str]:
    for each in told.files:
        name = f"{labels.paper(each.paper, told.kind)}  {each.filename}"
        lacking = t("（尚缺内容，暂不生成）", " (not made yet: something is missing)") if each.lacks else ""
        yield name + lacking


def _deadline(deadline: Deadline) -> str:
    return t("{due}：{day}", "{due}: {day}", due=DUE_WORDS[deadline.due], day=dates.long_date(deadline.on))


def _say_list(head: str, lines: Iterable[str]) -> None:
    said = list(lines)
    if said:
        printing.say(head)
        for line in said:
            printing.say(f"  {line}")


def as_data(told: Rehearsal) -> dict[str, object]:
    """A rehearsal for a program."""
    return {
        "dry_run": True,
        "project": told.project_id,
        "action": told.action,
        "allowed": told.allowed,
        "from": told.from_stage,
        "to": told.to_stage,
        "needs_confirmation": told.is_prepared,
        "version": told.version,
        "number": told.number,
        "plan_number": told.plan_number,
        "files": [{"paper": each.paper, "filename": each.filename, "lacks": each.lacks} for each in told.files],
        "recipients": [{"name": each.name, "channels": each.channels} for each in told.recipients],
        "deadlines_begin": [{"what": each.due, "on": each.on} for each in told.begins],
        "deadlines_end": [{"what": each.due, "on": each.on} for each in told.ends],
        "other_cases": [
            {"project": each.project_id, "happened": each.happened, "from": each.from_stage, "to": each.to_stage}
            for each in told.others
        ],
        "refusals": [
            {
                **refusal_as_data(each.refusal, told.kind),
                "page": address_of(told.project_id, each.place, told.action),
                "roles": each.roles,
                "holders": [{"role": one.role, "name": one.name, "body": one.body} for one in each.holders],
                "from_day": each.from_day,
            }
            for each in told.obstacles
        ],
    }
