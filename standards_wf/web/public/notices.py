"""Public notices before approval and before abolition, with the objections that anybody may raise."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.notices import FileObjection, file_objection
from standards_wf.services.reading.consultations import notice_page
from standards_wf.web.forms.page import Field, Input
from standards_wf.web.forms.trouble import NO_TROUBLE, Trouble
from standards_wf.web.public.blueprint import bp
from standards_wf.web.public.forms import take
from standards_wf.web.public.humans import trap
from standards_wf.wording.language import t


@bp.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> ResponseReturnValue:
    """A public notice, and the form for an objection while it runs."""
    return _show(notice_id, NO_TROUBLE)


@bp.post("/notices/<int:notice_id>")
def object_to(notice_id: int) -> ResponseReturnValue:
    """Take an objection."""
    return take(
        read=lambda reader: FileObjection(
            notice_id=notice_id,
            name=reader.text("name"),
            contact=reader.text("contact"),
            text=reader.text("text"),
        ),
        do=lambda work, command: file_objection(work, command, actor=current_actor(), moment=current_moment()),
        taken=lambda _: _thank(notice_id),
        again=lambda trouble: _show(notice_id, trouble),
    )


def _thank(notice_id: int) -> ResponseReturnValue:
    flash(
        t(
            "已收到您的异议。在作出决定之前，主管机关将予以研究并答复。",
            "Your objection has arrived. It is considered and answered before anything is decided.",
        ),
        "done",
    )
    return redirect(url_for(".notice", notice_id=notice_id))


def _show(notice_id: int, trouble: Trouble) -> ResponseReturnValue:
    fields = (
        Field(name="text", input=Input.TEXTAREA, label=t("异议及理由", "Objection and its reasons"), rows=7),
        Field(name="name", label=t("姓名或单位名称", "Your name or organisation"), autocomplete="name", width="medium"),
        Field(
            name="contact",
            label=t("联系方式", "How to reach you"),
            hint=t("电话或电子邮箱，用于答复，不公开。", "Telephone or e-mail, for the answer; it is not made public."),
            width="medium",
        ),
    )
    body = render_template(
        "public/notice.html",
        page=notice_page(db.session(), notice_id, current_moment()),
        trouble=trouble,
        errors=trouble.errors,
        fields=fields,
        trap=trap(),
    )
    return body, trouble.status
