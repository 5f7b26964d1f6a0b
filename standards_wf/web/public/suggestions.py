"""Suggesting a standard: anybody may, and no account is needed."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from standards_wf.models.organizations import OrganizationKind
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.public_suggestions import SendSuggestion
from standards_wf.services.public_suggestions import send_suggestion as keep_until_confirmed
from standards_wf.services.reading.calls import open_call_choices
from standards_wf.services.reading.choices import committee_choices, node_choices, organization_choices
from standards_wf.services.reading.framework import lead_department_of
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.web.forms.page import Field, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import NO_TROUBLE, Trouble
from standards_wf.web.public.blueprint import bp
from standards_wf.web.public.forms import take
from standards_wf.web.public.humans import trap
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory

_FILED = "suggestion_filed"
_LONGEST_CODE = 40
_CATEGORIES = tuple(code for code in MetrologyCategory if code is not MetrologyCategory.VERIFICATION_SCHEME)
"""A verification scheme is national and cannot be local."""


@bp.get("/suggest")
def suggest() -> ResponseReturnValue:
    """First what kind of document is meant, then the form for that kind."""
    asked = request.args.get("kind", "")
    return _show(Kind(asked), NO_TROUBLE) if asked in set(Kind) else _choose()


@bp.post("/suggest")
def send_suggestion() -> ResponseReturnValue:
    """Open a case with a suggestion."""
    asked = request.form.get("kind", "")
    if asked not in set(Kind):
        return _choose()
    kind = Kind(asked)
    return take(
        read=lambda reader: _read(reader, kind),
        do=_do,
        taken=_thank,
        again=lambda trouble: _show(kind, trouble),
    )


@bp.get("/suggest/thanks")
def suggested() -> ResponseReturnValue:
    """The receipt, for the browser that sent the suggestion."""
    filed = session.get(_FILED)
    if not filed:
        return redirect(url_for(".suggest"))
    if "project_id" in filed:
        return render_template("public/suggested.html", **filed)
    return render_template("public/to_confirm.html", **filed)


def _do(work: Session, command: SendSuggestion) -> dict[str, object]:
    """Begin the case of somebody who is logged in; let a visitor confirm the address first."""
    suggestion = command.suggestion
    if current_actor().person_id is not None:
        project = file_suggestion(work, suggestion, actor=current_actor(), moment=current_moment())
        return {"project_id": project.id, "suggestion": project.title_zh}
    settings = installation().settings
    waiting = keep_until_confirmed(
        work, command, key=settings.secret_key, days=settings.confirmation_days, moment=current_moment()
    )
    return {
        "address": waiting.email,
        "suggestion": waiting.title_zh,
        "days": settings.confirmation_days,
        "sends_mail": settings.sends_mail,
    }


def _thank(receipt: dict[str, object]) -> ResponseReturnValue:
    session[_FILED] = receipt
    return redirect(url_for(".suggested"))


def _choose() -> ResponseReturnValue:
    node = request.args.get("node", "")[:_LONGEST_CODE]
    choices = [(kind.value, labels.kind(kind), labels.KIND_PURPOSES[kind]) for kind in KINDS]
    return render_template("public/suggest_kind.html", node=node, choices=choices)


def _read(reader: Reader, kind: Kind) -> SendSuggestion:
    suggestion = FileSuggestion(
        kind=kind,
        category=reader.code("category", MetrologyCategory),
        title_zh=reader.text("title_zh"),
        title_en=reader.text("title_en"),
        framework_node=reader.text("framework_node"),
        text=reader.text("text"),
        name=reader.text("name"),
        organization=reader.text("organization"),
        contact=reader.text("contact"),
        competent_department_id=reader.number("competent_department_id"),
        group_id=reader.number("group_id"),
        committee_id=reader.number("committee_id"),
        call_id=reader.number("call_id"),
    )
    return SendSuggestion(suggestion=suggestion, email=reader.text("email"))


def _show(kind: Kind, trouble: Trouble) -> ResponseReturnValue:
    node = request.args.get("node", "")[:_LONGEST_CODE].replace("\x00", "")
    body = render_template(
        "public/suggest.html",
        kind=kind,
        groups=_groups(kind, node),
        trouble=trouble,
        errors=trouble.errors,
        trap=trap(),
    )
    return body, trouble.status


def _groups(kind: Kind, node: str) -> tuple[Group, ...]:
    return (
        Group(title=t("建议的文件", "The document you suggest"), fields=_about(kind, node)),
        Group(
            title=t("提交给谁", "Whom it goes to"),
            fields=_addressee(kind, node),
        ),
        Group(
            title=t("您的联系方式", "How to reach you"),
            hint=t(
                "仅供办理本建议时联系，不公开。", "Only for questions about this suggestion; it is not made public."
            ),
            fields=_person(),
        ),
    )


def _person() -> tuple[Field, ...]:
    name = Field(name="name", label=t("姓名", "Name"), autocomplete="name", width="medium")
    organization = Field(
        name="organization", label=t("单位", "Organisation"), required=False, autocomplete="organization"
    )
    if current_actor().person_id is not None:
        return (
            name,
            organization,
            Field(name="contact", label=t("电话或电子邮箱", "Telephone or e-mail"), width="medium"),
        )
    email = Field(
        name="email",
        input=Input.EMAIL,
        label=t("电子邮箱", "E-mail"),
        hint=t(
            "我们会寄去一封确认邮件，点击其中的链接并确认后，建议才会受理。答复也寄到这里。",
            "A mail is sent there; your suggestion is taken once you confirm it with the link. The answer comes there too.",
        ),
        autocomplete="email",
        width="medium",
    )
    telephone = Field(name="contact", label=t("电话", "Telephone"), required=False, autocomplete="tel", width="medium")
    return name, organization, email, telephone


def _about(kind: Kind, node: str) -> tuple[Field, ...]:
    category = Field(
        name="category",
        input=Input.SELECT,
        label=str(labels.field("category")),
        choices=tuple((code, labels.category(code)) for code in _CATEGORIES),
        empty=t("请选择", "Choose"),
    )
    return (
        *((category,) if KINDS[kind].has_category else ()),
        Field(
            name="title_zh",
            label=t("建议的名称", "Title that you suggest"),
            hint=t(
                "简明写出对象和主题，例如“机场桥载电源使用要求”。",
                "In Chinese: the object and what is to be said of it.",
            ),
        ),
        Field(name="title_en", label=t("英文名称", "English title"), required=False),
        Field(
            name="framework_node",
            input=Input.SELECT,
            label=t("体系框架节点", "Node of the framework"),
            value=node,
            required=False,
            choices=node_choices(db.session()),
            empty=t("不清楚，由主管机关确定", "I do not know; the authority will find it"),
        ),
        Field(
            name="text",
            input=Input.TEXTAREA,
            label=t("为什么需要它", "Why it is needed"),
            hint=t(
                "现在有什么问题，谁会用它，已有哪些做法或文件。",
                "What is wrong today, who would use it, and what exists already.",
            ),
            rows=8,
        ),
        *_call(kind),
    )


def _call(kind: Kind) -> tuple[Field, ...]:
    """The calls that are open for this kind; no field where there is none."""
    choices = open_call_choices(db.session(), kind, current_moment().day)
    if not choices:
        return ()
    asked = request.args.get("call", "")
    return (
        Field(
            name="call_id",
            input=Input.SELECT,
            label=t("响应的立项指南", "Call that it answers"),
            value=asked,
            required=False,
            choices=choices,
            empty=t("不针对某次征集", "None in particular"),
        ),
    )


def _addressee(kind: Kind, node: str) -> tuple[Field, ...]:
    session_ = db.session()
    match KINDS[kind].addressee:
        case Addressee.DEPARTMENT:
            return (
                Field(
                    name="competent_department_id",
                    input=Input.SELECT,
                    label=t("有关行政主管部门", "Competent department"),
                    value=lead_department_of(session_, node) or "",
                    choices=organization_choices(session_, OrganizationKind.DEPARTMENT),
                    empty=t("请选择", "Choose"),
                    hint=t(
                        "负责这一领域的部门；它决定是否申请立项。",
                        "The department for this field; it decides whether to apply.",
                    ),
                ),
            )
        case Addressee.GROUP:
            return (
                Field(
                    name="group_id",
                    input=Input.SELECT,
                    label=t("社会团体", "Association"),
                    choices=organization_choices(session_, OrganizationKind.ASSOCIATION),
                    empty=t("请选择", "Choose"),
                ),
            )
        case Addressee.COMMITTEE:
            return (
                Field(
                    name="committee_id",
                    input=Input.SELECT,
                    label=t("专业技术委员会", "Technical committee"),
                    choices=committee_choices(session_),
                    empty=t("请选择", "Choose"),
                ),
            )
