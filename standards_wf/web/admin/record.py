"""The state of the record: verifying and sealing it, and the work after the acts that was given up."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.audit import AuditReport, verify
from standards_wf.services.outbox import given_up_rows, state, try_again
from standards_wf.services.reading.admin import record_page
from standards_wf.services.seals import SEALED, seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.admin.shown import show_admin
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Kind

ADMINISTRATION_WORDS: dict[str, Term] = {
    "person_created": Term("新增人员", "Person entered"),
    "person_changed": Term("修改人员信息", "Person changed"),
    "person_activated": Term("重新启用人员", "Person activated"),
    "person_deactivated": Term("停用人员", "Person deactivated"),
    "password_set": Term("设置密码", "Password set"),
    "role_granted": Term("授予角色", "Role granted"),
    "role_ended": Term("结束角色", "Role ended"),
    "deputy_named": Term("委托代理", "Deputy named"),
    "deputy_revoked": Term("撤销代理", "Deputy revoked"),
    "two_person_rule_changed": Term("修改双人办理规则", "Two-person rule changed"),
    "organization_created": Term("新增单位", "Organisation entered"),
    "committee_created": Term("新增技术委员会", "Committee entered"),
    "number_reserved": Term("保留编号", "Number reserved"),
    "number_released": Term("解除编号", "Number released"),
    "number_made_unusable": Term("编号不再使用", "Number marked as not to be used"),
    "series_changed": Term("修改编号系列设置", "Series set up"),
    "plan_numbering_changed": Term("修改计划编号格式", "Pattern of plan numbers changed"),
    "rule_changed": Term("修改程序参数", "Rule changed"),
    "call_prepared": Term("起草立项指南", "Call prepared"),
    "call_changed": Term("修改立项指南", "Call changed"),
    "call_published": Term("公布立项指南", "Call published"),
    "call_extended": Term("推迟立项指南截止日期", "Call closes later"),
    "plan_begun": Term("公布项目计划", "Plan published"),
    "plan_described": Term("填写计划信息", "Plan described"),
    "announcement_attached": Term("上传指南或计划的附件", "Document attached to a call or a plan"),
    "token_created": Term("生成接口令牌", "Token made"),
    "token_revoked": Term("作废接口令牌", "Token revoked"),
    "calendar_address_made": Term("生成日历订阅地址", "Address of a calendar made"),
    "calendar_address_revoked": Term("作废日历订阅地址", "Address of a calendar revoked"),
    "outbox_tried_again": Term("重试后台任务", "Work tried again"),
    SEALED: Term("封存", "Sealed"),
}


def subject_words(action: str, subject: str) -> str:
    """What an act of administration was about; a rule by its name, anything else as it is recorded."""
    kind, _, name = subject.partition("/")
    if action == "rule_changed" and kind in set(Kind):
        return t("{rule}（{kind}）", "{rule} ({kind})", rule=labels.rule(name), kind=labels.kind(Kind(kind)))
    return subject


@bp.get("/outbox")
def outbox() -> ResponseReturnValue:
    """What waits to be done after the acts, and what was given up."""
    session, moment = db.session(), current_moment()
    rows = given_up_rows(session, actor=current_actor())
    return show_admin("outbox", "outbox", rows=rows, state=state(session, moment=moment))


@bp.post("/outbox/<int:row_id>")
def retry(row_id: int) -> ResponseReturnValue:
    """Put a row that was given up back into the queue."""
    with unit_of_work(db.session()) as session:
        try_again(session, row_id, actor=current_actor(), moment=current_moment())
    flash(t("已重新排队。", "It is back in the queue."), "done")
    return redirect(url_for("admin.outbox"))


@bp.get("/audit")
def audit() -> ResponseReturnValue:
    """The latest seals and acts of administration."""
    return _show(None)


@bp.post("/audit")
def verify_now() -> ResponseReturnValue:
    """Walk everything that is recorded, and say what was found; it changes nothing."""
    return _show(verify(db.session()))


@bp.post("/audit/seal")
def seal_now() -> ResponseReturnValue:
    """Seal the heads of all chains."""
    with unit_of_work(db.session()) as session:
        made = seal(session, moment=current_moment(), actor=current_actor())
        seq = made.seq
    flash(t("已封存，第 {n} 号。", "Sealed, number {n}.", n=seq), "done")
    return redirect(url_for("admin.audit"))


def _show(report: AuditReport | None) -> ResponseReturnValue:
    page = record_page(db.session(), actor=current_actor())
    return show_admin(
        "audit",
        "audit",
        page=page,
        report=report,
        administration_words=ADMINISTRATION_WORDS,
        subject_words=subject_words,
    )
