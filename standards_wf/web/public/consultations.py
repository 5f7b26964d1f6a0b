"""Consultations: the list, the draft on the screen, and the comments that anybody may send."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.consultations import SendComment, send_comment
from standards_wf.services.reading.consultations import (
    consultation_list,
    consultation_page,
    received_comment,
)
from standards_wf.web.forms.page import Field, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import NO_TROUBLE, Trouble
from standards_wf.web.public.blueprint import bp
from standards_wf.web.public.forms import take
from standards_wf.web.public.humans import trap
from standards_wf.web.texts import shown_text
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import CommentType

_LONGEST_LABEL = 60
_MOST_REMEMBERED = 20
_RECEIVED = "comments_received"


@bp.get("/consultations")
def consultations() -> ResponseReturnValue:
    """The consultations that are open, and those that are over."""
    return render_template("public/consultations.html", page=consultation_list(db.session(), current_moment().day))


@bp.get("/consultations/<int:round_id>")
def consultation(round_id: int) -> ResponseReturnValue:
    """The draft, how to answer, and the form for a comment."""
    return _show(round_id, NO_TROUBLE)


@bp.post("/consultations/<int:round_id>")
def comment(round_id: int) -> ResponseReturnValue:
    """Take a comment; nobody needs an account."""
    return take(
        read=lambda reader: _read(reader, round_id),
        do=lambda work, command: send_comment(work, command, actor=current_actor(), moment=current_moment()).number,
        taken=lambda number: _thank(round_id, number),
        again=lambda trouble: _show(round_id, trouble),
    )


@bp.get("/consultations/<int:round_id>/thanks/<int:number>")
def thanks(round_id: int, number: int) -> ResponseReturnValue:
    """The receipt, for the browser that sent the comment; anybody else is led to the consultation."""
    if [round_id, number] not in session.get(_RECEIVED, []):
        return redirect(url_for(".consultation", round_id=round_id))
    page = received_comment(db.session(), round_id, number, current_actor())
    return render_template("public/thanks.html", page=page)


def _read(reader: Reader, round_id: int) -> SendComment:
    return SendComment(
        round_id=round_id,
        clause=reader.text("clause"),
        element=reader.text("element"),
        type=reader.needed_code("type", CommentType),
        text=reader.text("text"),
        proposed_change=reader.text("proposed_change"),
        author=reader.text("author"),
        organization=reader.text("organization"),
        email=reader.text("email"),
    )


def _thank(round_id: int, number: int) -> ResponseReturnValue:
    session[_RECEIVED] = [*session.get(_RECEIVED, []), [round_id, number]][-_MOST_REMEMBERED:]
    return redirect(url_for(".thanks", round_id=round_id, number=number))


def _show(round_id: int, trouble: Trouble) -> ResponseReturnValue:
    page = consultation_page(db.session(), round_id, current_actor(), current_moment())
    clause = request.args.get("clause", "").replace("\x00", "")[:_LONGEST_LABEL]
    comments = url_for(".consultation", round_id=page.id) if page.is_open else ""
    body = render_template(
        "public/consultation.html",
        page=page,
        text=shown_text(page.tree, page.project_id, page.draft_number, comments=comments),
        comment_url=comments,
        trouble=trouble,
        errors=trouble.errors,
        fields=_fields(clause),
        trap=trap(),
        clause=clause,
    )
    return body, trouble.status


def _fields(clause: str) -> dict[str, tuple[Field, ...]]:
    types = tuple((code, labels.comment_type(code), _meaning(code)) for code in CommentType)
    return {
        "about": (
            Field(
                name="clause",
                label=t("章条编号", "Clause"),
                value=clause,
                required=False,
                hint=t("例如 5.1、附录A；针对全文的意见可不填。", "Such as 5.1 or Annex A; empty for the whole text."),
                width="medium",
            ),
            Field(
                name="element",
                label=t("段、表、图或公式", "Paragraph, table, figure or formula"),
                required=False,
                hint=t("例如 第2段、表1。", "Such as paragraph 2 or table 1."),
                width="medium",
            ),
            Field(
                name="type",
                input=Input.RADIOS,
                label=t("意见类别", "Type of comment"),
                value=CommentType.GENERAL,
                choices=types,
            ),
            Field(name="text", input=Input.TEXTAREA, label=t("意见内容及理由", "Comment and its reason"), rows=6),
            Field(
                name="proposed_change",
                input=Input.TEXTAREA,
                label=t("建议修改为", "Proposed change"),
                required=False,
                hint=t(
                    "写出您建议的文字，便于起草组采纳。", "Write the words that you propose; they are easier to accept."
                ),
                rows=4,
            ),
        ),
        "person": (
            Field(name="author", label=t("姓名", "Name"), autocomplete="name", width="medium"),
            Field(
                name="organization",
                label=t("单位", "Organisation"),
                required=False,
                autocomplete="organization",
            ),
            Field(
                name="email",
                input=Input.EMAIL,
                label=t("电子邮箱", "E-mail"),
                required=False,
                hint=t("仅用于答复您的意见，不公开。", "Only to answer you; it is not made public."),
                autocomplete="email",
            ),
        ),
    }


def _meaning(code: CommentType) -> str:
    return {
        CommentType.GENERAL: t("对文件整体或必要性的看法。", "On the document as a whole, or on its need."),
        CommentType.TECHNICAL: t("对指标、方法等技术内容的看法。", "On values, methods and other technical contents."),
        CommentType.EDITORIAL: t("文字、格式、引用等方面的更正。", "On words, layout and references."),
    }[code]
