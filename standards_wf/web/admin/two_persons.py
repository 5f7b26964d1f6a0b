"""For which acts this installation asks for two persons."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.access import require_administrator
from standards_wf.services.two_persons import (
    DAYS,
    TAKE_TWO,
    ChangeTwoPersonRule,
    change_two_person_rule,
    two_person_rules,
)
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.prepared import prepared_words
from standards_wf.web.projects.shown import show_form
from standards_wf.wording.language import t

_ACT = "act_"
"""Before the code of an act, in the name of its box."""


@bp.route("/two-persons", methods=["GET", "POST"])
def two_persons() -> ResponseReturnValue:
    """Switch the two-person rule on or off for each act."""

    def page(trouble: Trouble) -> FormPage:
        require_administrator(current_actor())
        rules = two_person_rules(db.session())
        boxes = tuple(
            Field(
                name=f"{_ACT}{rule.act.value}",
                input=Input.CHECKBOX,
                label=prepared_words(rule.act),
                value="1" if rule.is_on else "",
                required=None,
            )
            for rule in rules
        )
        days = Field(
            name="days",
            input=Input.NUMBER,
            label=t("确认期限（日历日）", "Days in which it can be confirmed (calendar days)"),
            value=rules[0].days if rules else DAYS,
            width="short",
            hint=t(
                "自准备次日起算；过期须重新准备。",
                "Counted from the following day; after that it must be prepared again.",
            ),
        )
        return FormPage(
            title=t("双人办理", "Two persons"),
            crumbs=((t("管理", "Admin"), url_for("admin.people")),),
            notices=(
                (
                    "info",
                    t(
                        "勾选的事项由一人准备、另一人确认后才办理；两人都须有办理该事项的角色，且不得互为代理。",
                        "What is ticked is prepared by one person and done only when another confirms it. Both must hold "
                        "the role for the act, and neither may be the deputy of the other.",
                    ),
                ),
            ),
            groups=(
                Group(fields=boxes, title=t("需要两人办理的事项", "Acts that take two persons")),
                Group(fields=(days,)),
            ),
            submit=t("保存", "Save"),
            cancel_url=url_for("admin.rules"),
            trouble=trouble,
            told=(
                t(
                    "从现在起对所有办理生效；原来的和新的设置写入管理记录。已经准备的事项不受影响。",
                    "It counts for every act from now on; what was and what is enter the record of administration. "
                    "What is prepared already stays as it is.",
                ),
            ),
        )

    def read(reader: Reader) -> ChangeTwoPersonRule:
        ticked = frozenset(act.value for act in TAKE_TWO if reader.yes(f"{_ACT}{act.value}"))
        return ChangeTwoPersonRule(acts=ticked, days=reader.number("days", required=True) or 0)

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: change_two_person_rule(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("双人办理规则已保存。", "The two-person rule is saved."),
        after=url_for("admin.two_persons"),
    )
