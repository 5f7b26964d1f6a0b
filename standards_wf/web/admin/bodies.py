"""Organisations and committees: the lists, and the forms that enter new ones."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.models.organizations import OrganizationKind
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.administration import (
    CreateCommittee,
    CreateOrganization,
    create_committee,
    create_organization,
)
from standards_wf.services.reading.admin import list_organizations
from standards_wf.services.reading.committees import list_committees
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.admin.shown import show_admin, way_to
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.shown import show_form
from standards_wf.wording.language import Term, t

KIND_WORDS: dict[OrganizationKind, Term] = {
    OrganizationKind.AUTHORITY: Term("市场监督管理部门", "Authority"),
    OrganizationKind.DEPARTMENT: Term("行政主管部门", "Department"),
    OrganizationKind.ASSOCIATION: Term("社会团体", "Association"),
    OrganizationKind.INSTITUTE: Term("科研院所", "Institute"),
    OrganizationKind.ENTERPRISE: Term("企业", "Enterprise"),
    OrganizationKind.OTHER: Term("其他", "Other"),
}


@bp.get("/organizations")
def organizations() -> ResponseReturnValue:
    """All organisations."""
    rows = list_organizations(db.session(), actor=current_actor())
    return show_admin("organizations", "organizations", rows=rows, kind_words=KIND_WORDS)


@bp.route("/organizations/new", methods=["GET", "POST"])
def new_organization() -> ResponseReturnValue:
    """The form that enters an organisation."""

    def page(trouble: Trouble) -> FormPage:
        fields = (
            Field(name="name", label=t("名称", "Name")),
            Field(name="short_name", label=t("简称", "Short name"), required=False, width="medium"),
            Field(
                name="kind",
                input=Input.RADIOS,
                label=t("性质", "Kind"),
                value=OrganizationKind.OTHER,
                choices=tuple((kind.value, word) for kind, word in KIND_WORDS.items()),
            ),
            Field(
                name="group_code",
                label=t("社会团体代号", "Code of the association"),
                required=False,
                width="short",
                hint=t("仅社会团体填写，例如 T/SHSES 中的 SHSES。", "For associations only: the SHSES of T/SHSES."),
            ),
        )
        return FormPage(
            title=t("新增单位", "Enter an organisation"),
            crumbs=way_to("organizations", t("单位", "Organisations")),
            groups=(Group(fields=fields),),
            submit=t("新增", "Enter"),
            cancel_url=url_for("admin.organizations"),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: CreateOrganization(
            name=reader.text("name"),
            short_name=reader.text("short_name"),
            kind=reader.needed_code("kind", OrganizationKind),
            group_code=reader.text("group_code"),
        ),
        do=lambda session, command: create_organization(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("单位已新增。", "The organisation is entered."),
        after=url_for("admin.organizations"),
    )


@bp.get("/committees")
def committees() -> ResponseReturnValue:
    """All committees."""
    rows = list_committees(db.session(), current_actor(), current_moment())
    return show_admin("committees", "committees", rows=rows)


@bp.route("/committees/new", methods=["GET", "POST"])
def new_committee() -> ResponseReturnValue:
    """The form that enters a committee."""

    def page(trouble: Trouble) -> FormPage:
        fields = (
            Field(name="name", label=t("名称", "Name")),
            Field(name="field", input=Input.TEXTAREA, label=t("专业领域", "Field"), required=False, rows=3),
            Field(name="term_from", input=Input.DATE, label=t("届期开始", "Term from"), required=False),
            Field(name="term_to", input=Input.DATE, label=t("届期结束", "Term to"), required=False),
        )
        return FormPage(
            title=t("新增技术委员会", "Enter a committee"),
            crumbs=way_to("committees", t("技术委员会", "Committees")),
            groups=(Group(fields=fields),),
            submit=t("新增", "Enter"),
            cancel_url=url_for("admin.committees"),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: CreateCommittee(
            name=reader.text("name"),
            field=reader.text("field"),
            term_from=reader.day("term_from"),
            term_to=reader.day("term_to"),
        ),
        do=lambda session, command: create_committee(session, command, actor=current_actor(), moment=current_moment()),
        done=t("技术委员会已新增；请为委员授予角色。", "The committee is entered; now grant its members their roles."),
        after=url_for("admin.committees"),
    )
