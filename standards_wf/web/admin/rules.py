"""The parameters of the procedure: value, basis, and whether the basis is confirmed."""

from fractions import Fraction

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import Invalid
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.admin import RuleShown, list_rules, rule_of
from standards_wf.services.rules import ChangeRule, change_rule
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.admin.shown import show_admin, way_to
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Kind


def value_words(rule: RuleShown) -> str:
    """The value with its unit."""
    if not rule.value:
        return dates.rule_value(None, rule.unit)
    return dates.rule_value(Fraction(rule.value) if rule.unit == "share" else int(rule.value), rule.unit)


@bp.get("/rules")
def rules() -> ResponseReturnValue:
    """All parameters, one line for each of the three kinds."""
    rows = list_rules(db.session(), actor=current_actor())
    by_name: dict[str, dict[Kind, RuleShown]] = {}
    for row in rows:
        by_name.setdefault(row.name, {})[row.kind] = row
    return show_admin("rules", "rules", by_name=by_name, kinds=tuple(Kind), value_words=value_words)


@bp.route("/rules/<int:rule_id>", methods=["GET", "POST"])
def rule(rule_id: int) -> ResponseReturnValue:
    """The form of one parameter."""

    def page(trouble: Trouble) -> FormPage:
        found = rule_of(db.session(), rule_id, actor=current_actor())
        share = found.unit == "share"
        fields = (
            Field(
                name="value",
                label=t("数值", "Value"),
                value=found.value,
                width="short",
                hint=t("分数，例如 3/4。", "A fraction such as 3/4.") if share else str(labels.unit(found.unit)),
            ),
            Field(
                name="basis",
                input=Input.TEXTAREA,
                label=t("依据", "Basis"),
                value=found.basis,
                rows=3,
                hint=t("写明文件名称和条款。", "Name the document and its article."),
            ),
            Field(
                name="confirmed",
                input=Input.CHECKBOX,
                label=t("已对照依据原文核实", "Checked against the text of the basis"),
                value="1" if found.confirmed else "",
                required=None,
            ),
        )
        return FormPage(
            title=str(labels.rule(found.name)),
            over=str(labels.kind(found.kind)),
            crumbs=way_to("rules", t("程序参数", "Rules")),
            groups=(Group(fields=fields),),
            version=found.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("admin.rules"),
            trouble=trouble,
            told=(
                t(
                    "从现在起对所有办理生效；原值和新值写入管理记录。",
                    "It counts for every act from now on; old and new value enter the record of administration.",
                ),
            ),
        )

    def read(reader: Reader) -> ChangeRule:
        version = reader.version()
        if version is None:
            raise Invalid({"expected_version": Refusal(FieldProblem.REQUIRED)})
        return ChangeRule(
            rule_id=rule_id,
            expected_version=version,
            value=reader.text("value"),
            basis=reader.text("basis"),
            confirmed=reader.yes("confirmed"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: change_rule(session, command, actor=current_actor(), moment=current_moment()),
        done=t("参数已修改。", "The rule is changed."),
        after=url_for("admin.rules"),
    )
