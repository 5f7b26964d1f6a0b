"""People: the list, one person with the roles held, and the forms that change them."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import Invalid
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.administration import EndGrant, GrantRole, end_grant, grant_role
from standards_wf.services.people import (
    SHORTEST_PASSWORD,
    ChangePerson,
    CreatePerson,
    SetActive,
    SetPassword,
    change_person,
    create_person,
    set_active,
    set_password,
)
from standards_wf.services.reading.admin import list_people, person_of
from standards_wf.services.reading.choices import committee_choices, organization_choices
from standards_wf.services.saying import reasons_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.admin.shown import show_admin, way_to
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.lists import asked_number
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Role

GRANTABLE = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM, Role.PROPOSER})


@bp.get("")
def index() -> ResponseReturnValue:
    """The administrator begins with the people."""
    return redirect(url_for("admin.people"))


@bp.get("/people")
def people() -> ResponseReturnValue:
    """The people, with their roles of today."""
    text = request.args.get("q", "")[:100].strip()
    page = list_people(db.session(), text, asked_number("page") or 1, actor=current_actor(), moment=current_moment())
    address = url_for("admin.people", q=text) if text else url_for("admin.people")
    return show_admin("people", "people", page=page, text=text, address=address)


@bp.route("/people/new", methods=["GET", "POST"])
def new_person() -> ResponseReturnValue:
    """The form that enters somebody."""

    def page(trouble: Trouble) -> FormPage:
        fields = (
            Field(name="login", label=t("登录名", "Login"), width="medium", autocomplete="off"),
            *_particulars(),
            Field(
                name="password",
                input=Input.PASSWORD,
                label=t("初始密码", "First password"),
                autocomplete="new-password",
                hint=t(
                    "至少 {n} 个字符；请本人登录后更改。",
                    "At least {n} characters; to be changed after the first login.",
                    n=SHORTEST_PASSWORD,
                ),
            ),
        )
        return FormPage(
            title=t("新增人员", "Enter a person"),
            crumbs=way_to("people", t("人员与角色", "People and roles")),
            groups=(Group(fields=fields),),
            submit=t("新增", "Enter"),
            cancel_url=url_for("admin.people"),
            trouble=trouble,
        )

    def read(reader: Reader) -> CreatePerson:
        return CreatePerson(
            login=reader.text("login"),
            name=reader.text("name"),
            password=reader.text("password"),
            email=reader.text("email"),
            title=reader.text("title"),
            organization_id=reader.number("organization_id"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: create_person(session, command, actor=current_actor(), moment=current_moment()),
        done=t("人员已新增；请授予角色。", "The person is entered; now grant the roles."),
        after=url_for("admin.people", q=request.form.get("login", "")),
    )


def _particulars(
    name: str = "", email: str = "", title: str = "", organization_id: int | None = None
) -> tuple[Field, ...]:
    return (
        Field(name="name", label=t("姓名", "Name"), value=name, width="medium"),
        Field(
            name="email", input=Input.EMAIL, label=t("电子邮箱", "E-mail"), value=email, required=False, width="medium"
        ),
        Field(name="title", label=t("职务职称", "Title"), value=title, required=False, width="medium"),
        Field(
            name="organization_id",
            input=Input.SELECT,
            label=t("单位", "Organisation"),
            value=organization_id or "",
            choices=organization_choices(db.session()),
            empty=t("无", "None"),
            required=False,
            width="full",
        ),
    )


@bp.get("/people/<int:person_id>")
def person(person_id: int) -> ResponseReturnValue:
    """One person, with all roles past and present."""
    return show_admin(
        "person", "people", page=person_of(db.session(), person_id, actor=current_actor(), moment=current_moment())
    )


@bp.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
def edit_person(person_id: int) -> ResponseReturnValue:
    """The form of a person's particulars."""
    found = person_of(db.session(), person_id, actor=current_actor(), moment=current_moment())

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("修改人员信息", "Change a person"),
            under=found.login,
            crumbs=way_to("people", t("人员与角色", "People and roles")),
            groups=(Group(fields=_particulars(found.name, found.email, found.title, found.organization_id)),),
            submit=t("保存", "Save"),
            cancel_url=url_for("admin.person", person_id=person_id),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: ChangePerson(
            person_id=person_id,
            name=reader.text("name"),
            email=reader.text("email"),
            title=reader.text("title"),
            organization_id=reader.number("organization_id") or 0,
        ),
        do=lambda session, command: change_person(session, command, actor=current_actor(), moment=current_moment()),
        done=t("已保存。", "Saved."),
        after=url_for("admin.person", person_id=person_id),
    )


@bp.route("/people/<int:person_id>/password", methods=["GET", "POST"])
def person_password(person_id: int) -> ResponseReturnValue:
    """The form of a new password for somebody else."""
    found = person_of(db.session(), person_id, actor=current_actor(), moment=current_moment())
    if person_id == current_actor().person_id:
        return redirect(url_for("account.password"))

    def page(trouble: Trouble) -> FormPage:
        field = Field(
            name="password",
            input=Input.PASSWORD,
            label=t("新密码", "New password"),
            autocomplete="new-password",
            hint=t(
                "至少 {n} 个字符；此人现有的登录全部失效。",
                "At least {n} characters; all sessions of this person end.",
                n=SHORTEST_PASSWORD,
            ),
        )
        return FormPage(
            title=t("设置密码", "Set the password"),
            under=found.name,
            crumbs=way_to("people", t("人员与角色", "People and roles")),
            groups=(Group(fields=(field,)),),
            submit=t("设置密码", "Set the password"),
            cancel_url=url_for("admin.person", person_id=person_id),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SetPassword(person_id=person_id, password=reader.text("password")),
        do=lambda session, command: set_password(session, command, actor=current_actor(), moment=current_moment()),
        done=t("密码已设置。", "The password is set."),
        after=url_for("admin.person", person_id=person_id),
    )


@bp.post("/people/<int:person_id>/active")
def activate(person_id: int) -> ResponseReturnValue:
    """Let somebody in again, or no longer."""
    command = SetActive(person_id=person_id, active=request.form.get("active") == "yes")
    _do(lambda: set_active(db.session(), command, actor=current_actor(), moment=current_moment()))
    return redirect(url_for("admin.person", person_id=person_id))


@bp.route("/people/<int:person_id>/roles/new", methods=["GET", "POST"])
def new_role(person_id: int) -> ResponseReturnValue:
    """The form that grants a role."""
    found = person_of(db.session(), person_id, actor=current_actor(), moment=current_moment())

    def page(trouble: Trouble) -> FormPage:
        session = db.session()
        fields = (
            Field(
                name="role",
                input=Input.SELECT,
                label=t("角色", "Role"),
                empty=t("请选择", "Choose"),
                choices=tuple((role.value, labels.role(role)) for role in GRANTABLE),
            ),
            Field(
                name="organization_id",
                input=Input.SELECT,
                label=t("单位", "Organisation"),
                required=False,
                width="full",
                choices=organization_choices(session),
                empty="—",
                hint=t(
                    "主管机关、行政主管部门、社会团体秘书处、起草单位填写。",
                    "For an authority, a department, an association, a drafting unit.",
                ),
            ),
            Field(
                name="committee_id",
                input=Input.SELECT,
                label=t("技术委员会", "Committee"),
                required=False,
                width="full",
                choices=committee_choices(session),
                empty="—",
                hint=t("委员会职务填写。", "For functions of a committee."),
            ),
            Field(
                name="project_id",
                input=Input.NUMBER,
                label=t("项目编号（网址中的数字）", "Project (the number in its address)"),
                required=False,
                hint=t(
                    "只对一个项目担任起草人或特邀专家时填写。", "For a drafter or an invited expert of one project."
                ),
            ),
            Field(name="valid_from", input=Input.DATE, label=t("开始日期", "First day"), value=current_moment().day),
            Field(name="valid_to", input=Input.DATE, label=t("结束日期", "Last day"), required=False),
        )
        return FormPage(
            title=t("授予角色", "Grant a role"),
            under=found.name,
            crumbs=way_to("people", t("人员与角色", "People and roles")),
            groups=(Group(fields=fields),),
            submit=t("授予", "Grant"),
            cancel_url=url_for("admin.person", person_id=person_id),
            trouble=trouble,
        )

    def read(reader: Reader) -> GrantRole:
        return GrantRole(
            person_id=person_id,
            role=reader.needed_code("role", Role),
            organization_id=reader.number("organization_id"),
            committee_id=reader.number("committee_id"),
            project_id=reader.number("project_id"),
            valid_from=reader.day("valid_from"),
            valid_to=reader.day("valid_to"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: grant_role(session, command, actor=current_actor(), moment=current_moment()),
        done=t("角色已授予。", "The role is granted."),
        after=url_for("admin.person", person_id=person_id),
    )


@bp.post("/people/<int:person_id>/roles/<int:grant_id>/end")
def end_role(person_id: int, grant_id: int) -> ResponseReturnValue:
    """End a role at once."""
    command = EndGrant(grant_id=grant_id)
    _do(lambda: end_grant(db.session(), command, actor=current_actor(), moment=current_moment()))
    return redirect(url_for("admin.person", person_id=person_id))


def _do(act: Callable[[], object]) -> None:
    """An act of one button: what stands against it is said on the page that follows."""
    try:
        with unit_of_work(db.session()):
            act()
    except Invalid as refused:
        flash("".join(reasons_of(refused)), "error")
    else:
        flash(t("已办理。", "Done."), "done")
