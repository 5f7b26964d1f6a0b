"""The papers of a project: the submission package, what is made here, what is brought."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from standards_wf.documents.inspect import UploadLimits
from standards_wf.documents.missing import MissingValues
from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.drafts import Upload
from standards_wf.services.paper_contexts import BODIES, FORMS
from standards_wf.services.papers import AttachPaper, attach_paper, keep_paper, make_paper, who_brings
from standards_wf.services.reading.papers import papers_of
from standards_wf.services.reading.projects import Head
from standards_wf.services.saying import reasons_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.lists import asked_code
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.packages import belongs_to
from standards_wf.workflow.vocabulary import Paper, Phase, Role, Stage

KEEPERS = (
    Role.DRAFTER,
    Role.COMMITTEE_SECRETARY,
    Role.COMPETENT_DEPARTMENT,
    Role.GROUP_SECRETARIAT,
    Role.AUTHORITY,
)
BROUGHT = tuple(paper for paper in Paper if paper not in BODIES)
"""The papers that can be attached; the text itself stands among the drafts."""
_APPLYING = frozenset({Stage.SUGGESTED, Stage.APPLIED})


def may_keep(head: Head) -> bool:
    """Whether the forms are offered; the service has the last word."""
    return head.phase is not Phase.CLOSED and bool(_may_bring(head))


def _may_bring(head: Head) -> tuple[Paper, ...]:
    return tuple(
        paper for paper in BROUGHT if belongs_to(paper, head.kind) and head.has(*who_brings(paper, head.stage))
    )


@bp.get("/<int:project_id>/papers")
def papers(project_id: int) -> ResponseReturnValue:
    """The package with what is missing, and every paper that there is."""
    page = papers_of(db.session(), project_id, current_actor(), current_moment())
    in_package = {line.paper for line in page.package}
    return show_tab(
        "papers",
        page.head,
        "papers",
        page=page,
        may_keep=may_keep(page.head),
        may_make=page.head.has(*KEEPERS) and page.head.phase is not Phase.CLOSED,
        others=tuple(paper for paper in FORMS if paper not in in_package and belongs_to(paper, page.head.kind)),
    )


@bp.post("/<int:project_id>/papers/<paper>")
def make(project_id: int, paper: str) -> ResponseReturnValue:
    """Make a paper from what is recorded now, and keep it."""
    head = head_for(project_id, *KEEPERS)
    if paper not in set(Paper):
        raise NotFound("paper", paper)
    wanted = Paper(paper)
    after = redirect(url_for("projects.papers", project_id=project_id))
    actor, moment = current_actor(), current_moment()
    try:
        made = make_paper(db.session(), project_id, wanted, actor=actor, moment=moment, store=installation().store)
    except MissingValues as lacking:
        flash("".join(reasons_of(lacking, head.kind)), "error")
        return after
    with unit_of_work(db.session()) as session:
        keep_paper(session, made, store=installation().store, actor=actor, moment=moment)
    flash(t("已生成：{paper}。", "Made: {paper}.", paper=labels.paper(wanted, head.kind)), "done")
    return after


@bp.route("/<int:project_id>/papers/new", methods=["GET", "POST"])
def attach(project_id: int) -> ResponseReturnValue:
    """The form that attaches a paper."""
    head_for(project_id, *KEEPERS, Role.PROPOSER)
    asked = asked_code("paper", Paper)

    def page(trouble: Trouble) -> FormPage:
        head = head_for(project_id)
        fields = (
            Field(
                name="paper",
                input=Input.SELECT,
                label=t("是什么材料", "Which paper"),
                choices=tuple((paper.value, labels.paper(paper, head.kind)) for paper in _may_bring(head)),
                value=asked or (Paper.APPLICATION_FORM if head.stage in _APPLYING else ""),
                empty=t("请选择", "Choose"),
                width="full",
            ),
            Field(
                name="file",
                input=Input.FILE,
                label=t("文件", "File"),
                accept=".docx,.pdf",
                hint=t("Word（docx）或 PDF，不超过 {n} MB。", "Word (docx) or PDF, at most {n} MB.", n=_limit_mb()),
            ),
        )
        return FormPage(
            title=t("上传材料", "Attach a paper"),
            under=head.title_zh,
            crumbs=way_to(head, "papers", t("材料", "Papers")),
            groups=(Group(fields=fields),),
            version=head.version,
            submit=t("上传", "Attach"),
            cancel_url=url_for("projects.papers", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    def read(reader: Reader) -> AttachPaper:
        upload = reader.upload("file", required=True) or Upload("", b"")
        return AttachPaper(
            project_id=project_id,
            paper=reader.needed_code("paper", Paper),
            upload=upload,
            expected_version=reader.version(),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: attach_paper(
            session,
            command,
            store=installation().store,
            limits=UploadLimits(file_bytes=_limit_mb() * 1024 * 1024),
            actor=current_actor(),
            moment=current_moment(),
        ),
        done=t("材料已上传。", "The paper is attached."),
        after=url_for("projects.papers", project_id=project_id),
    )


def _limit_mb() -> int:
    return installation().settings.max_upload_mb
