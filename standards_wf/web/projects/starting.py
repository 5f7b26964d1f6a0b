"""The form from which a drafter starts the text of a case: scope, references, terms and headings."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.documents.starting import Start
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.drafts import AttachDraft, attach_draft
from standards_wf.services.starting import start_draft
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.drafts import KEEPERS
from standards_wf.web.projects.shown import head_for, show_form, since, way_to
from standards_wf.wording.language import t


@bp.route("/<int:project_id>/drafts/start", methods=["GET", "POST"])
def start(project_id: int) -> ResponseReturnValue:
    """The form that starts a text; the Word file that is made is the first version, to go on with in Word."""
    head = head_for(project_id, *KEEPERS)
    actor, moment = current_actor(), current_moment()

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("从提纲起草文稿", "Start the text from an outline"),
            under=head.title_zh,
            crumbs=way_to(head, "drafts", t("文稿", "Drafts")),
            groups=(Group(fields=_fields()),),
            version=head.version,
            submit=t("生成 Word 文稿", "Make the Word file"),
            cancel_url=url_for("projects.drafts", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
            told=(
                t(
                    "可以直接填写，也可以从 Word 粘贴。系统编号，写好封面、前言和固定语句，保存为工作组讨论稿；下载后在 Word 中继续编写，再上传。",
                    "Type it, or paste it from Word. The system numbers it, writes cover, foreword and the fixed sentences, and keeps a "
                    "working draft; download it, go on in Word, and attach it again.",
                ),
                t(
                    "封面和前言取自项目信息；缺少的（如主要起草人）请先在“申报”中补全。",
                    "Cover and foreword come from the particulars of the case; what they lack, such as the drafters, is filled in "
                    "under “Application” first.",
                ),
            ),
        )

    def read(reader: Reader) -> AttachDraft:
        version = reader.version()
        typed = Start(
            scope=reader.text("scope"),
            references=reader.text("references"),
            terms=reader.text("terms"),
            headings=reader.text("headings"),
        )
        reader.done()
        return start_draft(db.session(), project_id, typed, actor=actor, moment=moment, expected_version=version)

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: attach_draft(
            session, command, store=installation().store, actor=actor, moment=moment
        ),
        done=t("文稿已生成，请下载 Word 文件继续编写。", "The text is made; download the Word file and go on with it."),
        after=url_for("projects.drafts", project_id=project_id),
    )


def _fields() -> tuple[Field, ...]:
    return (
        Field(
            name="scope",
            input=Input.TEXTAREA,
            label=t("范围", "Scope"),
            rows=4,
            hint=t(
                "一行一段，如“本文件规定了……”“本文件适用于……”。",
                "One paragraph on each line: what the document specifies, and what it applies to (in Chinese).",
            ),
        ),
        Field(
            name="references",
            input=Input.TEXTAREA,
            label=t("规范性引用文件", "Normative references"),
            required=False,
            hint=t(
                "一行一个文件：编号和名称。没有的留空。",
                "One document on each line: number and title. Leave it empty for none.",
            ),
        ),
        Field(
            name="terms",
            input=Input.TEXTAREA,
            label=t("术语和定义", "Terms and definitions"),
            required=False,
            hint=t(
                "一行一个术语：术语、英文、冒号、定义，如“充电桩 charging pile：……”。没有的留空。",
                "One term on each line: the term, its English, a colon, the definition. Leave it empty for none.",
            ),
        ),
        Field(
            name="headings",
            input=Input.TEXTAREA,
            label=t("其余章条和附录的标题", "Headings of the other clauses and annexes"),
            required=False,
            rows=12,
            hint=t(
                "一行一个标题，从第4章起。层次看行首的编号（4.1）或者缩进；编号由系统重排。附录写作“{example}”。",
                "One heading on each line, from clause 4 on. Levels follow the number typed (4.1) or the indent; everything is "
                "numbered anew. An annex is written as {example}.",
                example="附录A（规范性） 名称",
            ),
        ),
    )
