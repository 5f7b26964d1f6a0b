"""The versions of a text: the list with its findings, the form that brings a new one, and a version to read."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.documents.apart import ReaderHere
from standards_wf.documents.inspect import UploadLimits
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.drafts import AttachDraft, Upload, attach_draft, prepare_draft
from standards_wf.services.papers import make_paper, publication_text
from standards_wf.services.reading.drafts import draft_of, drafts_of
from standards_wf.services.reading.projects import Head
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.web.texts import shown_text
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.packages import body_of
from standards_wf.workflow.vocabulary import DraftStage, Role, Stage

KEEPERS = (Role.DRAFTER, Role.COMMITTEE_SECRETARY)
PUBLISHERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)
_NEXT: dict[Stage, DraftStage] = {
    Stage.DRAFTING: DraftStage.CONSULTATION,
    Stage.CONSULTATION: DraftStage.REVIEW,
    Stage.RESOLUTION: DraftStage.REVIEW,
    Stage.REVIEW: DraftStage.SUBMISSION,
    Stage.SUBMISSION: DraftStage.SUBMISSION,
    Stage.APPROVAL: DraftStage.PUBLICATION,
    Stage.PUBLIC_NOTICE: DraftStage.PUBLICATION,
}
"""The text that is usually brought next at a stage."""


def may_attach(head: Head) -> bool:
    """Whether the form is offered; the service has the last word."""
    return head.stage in _NEXT and head.has(*KEEPERS, *PUBLISHERS)


@bp.get("/<int:project_id>/drafts")
def drafts(project_id: int) -> ResponseReturnValue:
    """All versions, the newest first."""
    page = drafts_of(db.session(), project_id, current_actor())
    head = page.head
    may_start = not page.versions and head.stage is Stage.DRAFTING and head.has(*KEEPERS)
    return show_tab("drafts", head, "drafts", page=page, may_attach=may_attach(head), may_start=may_start)


@bp.get("/<int:project_id>/drafts/<int:number>")
def draft(project_id: int, number: int) -> ResponseReturnValue:
    """One version, clause by clause."""
    page = draft_of(db.session(), project_id, number, current_actor())
    return show_tab("draft", page.head, "drafts", page=page, text=shown_text(page.tree, project_id, number))


@bp.get("/<int:project_id>/drafts/new")
def new_draft(project_id: int) -> ResponseReturnValue:
    """The form that brings a new version."""
    return _form(project_id, NO_TROUBLE)


@bp.post("/<int:project_id>/drafts/new")
def bring_draft(project_id: int) -> ResponseReturnValue:
    """Open, read and check the text, then attach it; the findings are on the page that follows."""
    head = head_for(project_id, *KEEPERS, *PUBLISHERS)
    moment = current_moment()
    try:
        reader = Reader(request.form, request.files)
        stage, version = reader.needed_code("draft_stage", DraftStage), reader.version()
        docx, pdf = reader.upload("file", required=True) or Upload("", b""), reader.upload("pdf")
        reader.done()
        limits = UploadLimits(file_bytes=installation().settings.max_upload_mb * 1024 * 1024)
        prepared = prepare_draft(docx, pdf, kind=head.kind, reader=installation().reader, limits=limits)
        command = AttachDraft(project_id=project_id, draft_stage=stage, draft=prepared, expected_version=version)
        with unit_of_work(db.session()) as session:
            attached = attach_draft(session, command, store=installation().store, actor=current_actor(), moment=moment)
            number = attached.number
    except ACCEPTABLE_LATER as refused:
        return _form(project_id, trouble_of(refused, request.form, head.kind))
    read = t(
        "第 {n} 版已上传，读出 {clauses} 条。",
        "Version {n} is attached; {clauses} clauses were read.",
        n=number,
        clauses=len(prepared.read.clauses),
    )
    found = t("格式检查未发现错误。", " The format check found no errors.")
    if prepared.errors:
        found = t("格式检查发现 {n} 处错误。", " The format check found errors: {n}.", n=prepared.errors)
    flash(read + found, "warning" if prepared.errors else "done")
    return redirect(url_for("projects.drafts", project_id=project_id))


@bp.route("/<int:project_id>/drafts/make", methods=["GET", "POST"])
def make_draft(project_id: int) -> ResponseReturnValue:
    """The form that has the text of another stage made from the latest version: cover, foreword and headers of that stage."""
    head = head_for(project_id, *KEEPERS, *PUBLISHERS)
    actor, moment, office = current_actor(), current_moment(), installation().office

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("由系统生成文稿", "Have the text made"),
            under=head.title_zh,
            crumbs=way_to(head, "drafts", t("文稿", "Drafts")),
            groups=(Group(fields=(_stage_field(head),)),),
            version=head_for(project_id).version,
            submit=t("生成并作为新版本保存", "Make it and keep it as a new version"),
            cancel_url=url_for("projects.drafts", project_id=project_id),
            trouble=trouble,
            told=(
                t(
                    "条文取自最新一版；封面、前言、页眉按所选阶段重新生成。发布稿写入拟定的编号和日期，并附 PDF（需要数秒）。",
                    "The clauses are those of the latest version; cover, foreword and headers are made for the stage chosen. "
                    "The text to be published bears the prepared number and dates and comes with a PDF (this takes seconds).",
                ),
            ),
        )

    def read(reader: Reader) -> AttachDraft:
        stage, version = reader.needed_code("draft_stage", DraftStage), reader.version()
        reader.done()
        session, store = db.session(), installation().store
        if stage is DraftStage.PUBLICATION:
            made = publication_text(session, project_id, actor=actor, moment=moment, store=store, office=office)
        else:
            body = body_of(head.kind, head.category)
            made = make_paper(session, project_id, body, actor=actor, moment=moment, draft_stage=stage, store=store)
        pdf = Upload(made.filename.replace(".docx", ".pdf"), made.pdf) if made.pdf else None
        file = Upload(made.filename, made.docx)
        prepared = prepare_draft(file, pdf, kind=head.kind, reader=ReaderHere(), limits=UploadLimits())
        return AttachDraft(project_id=project_id, draft_stage=stage, draft=prepared, expected_version=version)

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: attach_draft(
            session, command, store=installation().store, actor=actor, moment=moment
        ),
        done=t("文稿已生成并保存为新版本。", "The text is made and kept as a new version."),
        after=url_for("projects.drafts", project_id=project_id),
    )


def _stage_field(head: Head) -> Field:
    offered = DraftStage if head.has(*KEEPERS) else (DraftStage.PUBLICATION,)
    return Field(
        name="draft_stage",
        input=Input.RADIOS,
        label=t("这是哪一阶段的文稿", "Stage of the text"),
        choices=tuple((stage.value, labels.draft_stage(stage, head.kind)) for stage in offered),
        value=_NEXT.get(head.stage, DraftStage.WORKING),
    )


def _form(project_id: int, trouble: Trouble) -> ResponseReturnValue:
    head = head_for(project_id, *KEEPERS, *PUBLISHERS)
    limit = installation().settings.max_upload_mb
    fields = (
        _stage_field(head),
        Field(
            name="file",
            input=Input.FILE,
            label=t("Word 文件（docx）", "Word file (docx)"),
            accept=".docx",
            hint=t(
                "不超过 {n} MB。系统读出条文并检查格式；错误须改正后才能进入下一阶段。",
                "At most {n} MB. The clauses are read and the format is checked; errors must be mended before the next stage.",
                n=limit,
            ),
        ),
        Field(
            name="pdf",
            input=Input.FILE,
            label="PDF",
            required=False,
            accept=".pdf",
            hint=t("发布稿须同时上传 PDF。", "The text to be published needs a PDF too."),
        ),
    )
    page = FormPage(
        title=t("上传文稿", "Attach a text"),
        under=head.title_zh,
        crumbs=way_to(head, "drafts", t("文稿", "Drafts")),
        groups=(Group(fields=fields),),
        version=head.version,
        submit=t("上传并检查", "Attach and check"),
        cancel_url=url_for("projects.drafts", project_id=project_id),
        trouble=trouble,
        since=since(head, trouble),
        notices=(
            (
                "info",
                t("请重新选择文件：浏览器不会保留上次选择的文件。", "Choose the file again: browsers do not keep it."),
            ),
        )
        if trouble.typed is not None
        else (),
    )
    return show_form(page)
