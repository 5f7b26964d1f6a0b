"""Preparing a call for suggestions, publishing it, letting it close later, and bringing its documents."""

import re
from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from standards_wf.documents.inspect import UploadLimits
from standards_wf.errors import Forbidden
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.announced_files import AttachToCall, AttachToPlan, attach_announced
from standards_wf.services.calls import (
    PUBLISHERS,
    ExtendCall,
    PrepareCall,
    Topic,
    extend_call,
    prepare_call,
    publish_call,
    require_publisher,
)
from standards_wf.services.drafts import Upload
from standards_wf.services.reading.calls import CallPage, call_page, kinds_by_publisher, publisher_choices
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.entrance.blueprint import bp
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Kind

_BETWEEN = re.compile(r"\s*[;；|\t]\s*")
_USUAL_DAYS = 45


def _found(call_id: int) -> CallPage:
    page = call_page(db.session(), call_id, current_actor(), current_moment().day)
    require_publisher(current_actor(), page.publisher_id)
    return page


@bp.route("/calls/new", methods=["GET", "POST"])
def new_call() -> ResponseReturnValue:
    """The form of a new call."""
    return _form_of(None)


@bp.route("/calls/<int:call_id>/edit", methods=["GET", "POST"])
def edit_call(call_id: int) -> ResponseReturnValue:
    """The form of a call that is not published yet."""
    return _form_of(_found(call_id))


def _form_of(found: CallPage | None) -> ResponseReturnValue:
    publishers = publisher_choices(db.session(), current_actor())
    if not publishers:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=PUBLISHERS))
    back = url_for("public.call", call_id=found.line.id) if found else url_for("public.calls")
    written: list[int] = []

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("修改立项指南", "Change the call") if found else t("起草立项指南", "Prepare a call"),
            under=t(
                "公布前可以随时修改；公布后内容不再变动。", "It can be changed until it is published, and stands then."
            ),
            crumbs=((t("立项指南", "Calls"), url_for("public.calls")),),
            groups=_groups(found, publishers),
            version=found.version if found else None,
            submit=t("保存", "Save"),
            cancel_url=back,
            trouble=trouble,
        )

    def read(reader: Reader) -> PrepareCall:
        chosen = set(reader.texts("kinds"))
        return PrepareCall(
            call_id=found.line.id if found else None,
            expected_version=reader.version() if found else None,
            publisher_id=found.publisher_id if found else reader.number("publisher_id", required=True) or 0,
            year=reader.number("year", required=True) or 0,
            number=reader.text("number"),
            kinds=tuple(kind for kind in Kind if kind in chosen),
            title_zh=reader.text("title_zh"),
            title_en=reader.text("title_en"),
            text=reader.text("text"),
            topics=tuple(_topic(line) for line in reader.lines("topics")),
            opens_on=reader.needed_day("opens_on"),
            closes_on=reader.needed_day("closes_on"),
        )

    def do(session: Session, command: PrepareCall) -> None:
        written.append(prepare_call(session, command, actor=current_actor(), moment=current_moment()).id)

    if request.method != "POST":
        return show_form(page(NO_TROUBLE))
    try:
        reader = Reader(request.form)
        command = read(reader)
        reader.done()
        with unit_of_work(db.session()) as session:
            do(session, command)
    except ACCEPTABLE_LATER as refused:
        return show_form(page(trouble_of(refused, request.form)))
    flash(t("立项指南已保存，尚未公布。", "The call is saved and not published yet."), "done")
    return redirect(url_for("public.call", call_id=written[0]))


def _topic(line: str) -> Topic:
    """A topic as typed: behind the code of its node, or alone."""
    first, *rest = _BETWEEN.split(line, maxsplit=1)
    return Topic(rest[0], first) if rest else Topic(first)


def _groups(found: CallPage | None, publishers: tuple[tuple[object, str], ...]) -> tuple[Group, ...]:
    line = found.line if found else None
    today = current_moment().day
    of_publishers = kinds_by_publisher(db.session(), current_actor())
    mine = (found.publisher_id,) if found else tuple(of_publishers)
    offered = tuple(dict.fromkeys(kind for publisher in mine for kind in of_publishers[publisher]))
    publisher = Field(
        name="publisher_id",
        input=Input.SELECT,
        label=t("公布机构", "Published by"),
        choices=publishers,
        value=publishers[0][0],
        width="full",
    )
    return (
        Group(
            fields=(
                *(() if found else (publisher,)),
                Field(
                    name="title_zh",
                    label=t("标题", "Title (Chinese)"),
                    value=line.title_zh if line else "",
                ),
                Field(
                    name="title_en",
                    label=t("英文标题", "English title"),
                    value=line.title_en if line else "",
                    required=False,
                ),
                Field(
                    name="year",
                    input=Input.NUMBER,
                    label=t("年度", "Year"),
                    value=line.year if line else today.year + 1,
                ),
                Field(
                    name="number",
                    label=t("公告文号", "Number of the announcement"),
                    value=line.number if line else "",
                    required=False,
                    width="medium",
                ),
                Field(
                    name="kinds",
                    input=Input.CHECKBOXES,
                    label=t("征集的文件种类", "Kinds of document"),
                    choices=tuple((kind.value, labels.kind(kind)) for kind in offered),
                    chosen=tuple(kind.value for kind in line.kinds) if line else (),
                ),
                Field(
                    name="text",
                    input=Input.TEXTAREA,
                    label=t("正文", "Text"),
                    value=found.text if found else "",
                    rows=10,
                    hint=t(
                        "征集的目的、重点、条件、材料要求和联系方式。",
                        "Purpose, priorities, conditions, papers wanted, and whom to ask.",
                    ),
                ),
                Field(
                    name="topics",
                    input=Input.TEXTAREA,
                    label=t("重点主题", "Topics"),
                    value="\n".join("；".join(filter(None, (one.node, one.text))) for one in found.topics)
                    if found
                    else "",
                    required=False,
                    rows=6,
                    hint=t(
                        "每行一个：体系框架节点编号；主题。例如 S2.3；充电设施。节点可省略。",
                        "One on each line: code of the framework node; topic. Such as S2.3；charging. The node may be left out.",
                    ),
                ),
                Field(
                    name="opens_on",
                    input=Input.DATE,
                    label=t("开始日期", "Opens on"),
                    value=line.opens_on if line else today,
                ),
                Field(
                    name="closes_on",
                    input=Input.DATE,
                    label=t("截止日期", "Closes on"),
                    value=line.closes_on if line else today + timedelta(days=_USUAL_DAYS),
                ),
            )
        ),
    )


@bp.post("/calls/<int:call_id>/publish")
def publish(call_id: int) -> ResponseReturnValue:
    """Publish a call."""
    try:
        reader = Reader(request.form)
        version = reader.version()
        reader.done()
        with unit_of_work(db.session()) as session:
            publish_call(session, call_id, version, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        trouble = trouble_of(refused, request.form)
        page = call_page(db.session(), call_id, current_actor(), current_moment().day)
        return render_template("public/call.html", page=page, trouble=trouble, errors=trouble.errors), trouble.status
    flash(t("立项指南已公布。", "The call is published."), "done")
    return redirect(url_for("public.call", call_id=call_id))


@bp.route("/calls/<int:call_id>/extend", methods=["GET", "POST"])
def extend(call_id: int) -> ResponseReturnValue:
    """The form that lets a call close later."""
    found = _found(call_id)
    back = url_for("public.call", call_id=call_id)

    def page(trouble: Trouble) -> FormPage:
        least = found.line.closes_on + timedelta(days=1)
        return FormPage(
            title=t("推迟截止日期", "Let the call close later"),
            under=found.line.title_zh,
            crumbs=((t("立项指南", "Calls"), url_for("public.calls")),),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="closes_on",
                            input=Input.DATE,
                            label=t("新的截止日期", "New closing date"),
                            value=least,
                            least=least,
                        ),
                    )
                ),
            ),
            version=found.version,
            submit=t("推迟", "Let it close later"),
            cancel_url=back,
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: ExtendCall(
            call_id=call_id, expected_version=reader.version(), closes_on=reader.needed_day("closes_on")
        ),
        do=lambda session, command: extend_call(session, command, actor=current_actor(), moment=current_moment()),
        done=t("截止日期已推迟。", "The call closes later."),
        after=back,
    )


@bp.route("/calls/<int:call_id>/files", methods=["GET", "POST"])
def attach_to_call(call_id: int) -> ResponseReturnValue:
    """The form that brings a document of a call."""
    found = _found(call_id)
    return file_form(
        found.line.title_zh,
        ((t("立项指南", "Calls"), url_for("public.calls")),),
        url_for("public.call", call_id=call_id),
        lambda upload: AttachToCall(call_id=call_id, upload=upload),
    )


def file_form(
    under: str,
    crumbs: tuple[tuple[str, str], ...],
    back: str,
    command: Callable[[Upload], AttachToCall | AttachToPlan],
) -> ResponseReturnValue:
    """The form that brings a document of a call or a plan."""
    limit = installation().settings.max_upload_mb

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("上传附件", "Attach a document"),
            under=under,
            crumbs=crumbs,
            groups=(
                Group(
                    fields=(
                        Field(
                            name="file",
                            input=Input.FILE,
                            label=t("文件", "File"),
                            accept=".docx,.pdf",
                            hint=t(
                                "Word（docx）或 PDF，不超过 {n} MB。", "Word (docx) or PDF, at most {n} MB.", n=limit
                            ),
                        ),
                    )
                ),
            ),
            submit=t("上传", "Attach"),
            cancel_url=back,
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: command(reader.upload("file", required=True) or Upload("", b"")),
        do=lambda session, asked: attach_announced(
            session,
            asked,
            store=installation().store,
            limits=UploadLimits(file_bytes=limit * 1024 * 1024),
            actor=current_actor(),
            moment=current_moment(),
        ),
        done=t("附件已上传。", "The document is attached."),
        after=back,
    )
