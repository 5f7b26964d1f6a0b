"""The marks of a project: asking for the fast track, naming the partners of a joint project, recording what they decided."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.project_marks import (
    MarkProject,
    RecordPartnerDecision,
    mark_project,
    record_partner_decision,
)
from standards_wf.services.reading.marks import Marks, PartnerShown, marks_of
from standards_wf.services.reading.projects import Head
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.application import DECIDERS
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import FastTrackReason, PartnerDecision, Phase, Province


@bp.route("/<int:project_id>/marks", methods=["GET", "POST"])
def marks(project_id: int) -> ResponseReturnValue:
    """The form of the marks."""
    head_for(project_id)

    def page(trouble: Trouble) -> FormPage:
        head = head_for(project_id)
        return FormPage(
            title=t("快速立项与长三角协同", "Fast track and joint project"),
            under=head.title_zh,
            crumbs=way_to(head, "application", t("申报", "Application")),
            groups=_groups(head, marks_of(db.session(), project_id)),
            version=head.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("projects.application", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    def read(reader: Reader) -> MarkProject:
        return MarkProject(
            project_id=project_id,
            expected_version=reader.version(),
            fast_track=reader.code("fast_track", FastTrackReason),
            justification=reader.text("justification"),
            partners={province: name for province in Province if (name := reader.text(f"partner_{province}").strip())},
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: mark_project(session, command, actor=current_actor(), moment=current_moment()),
        done=t("已保存。", "Saved."),
        after=url_for("projects.application", project_id=project_id),
    )


def _groups(head: Head, shown: Marks) -> tuple[Group, ...]:
    groups: list[Group] = []
    asked = shown.fast_track
    if head.phase is Phase.PROPOSAL and KINDS[head.kind].may_be_fast_tracked:
        reasons = tuple((reason.value, labels.label(reason)) for reason in FastTrackReason)
        groups.append(
            Group(
                title=t("快速立项", "Fast track"),
                hint=t(
                    "只有两种法定理由（《上海市标准化条例》第十条）。同意后优先办理立项，其后各环节的期限不变。",
                    "The law knows two reasons (Shanghai's regulations on standardization, article 10). The case is decided on first; "
                    "no later step becomes shorter.",
                ),
                fields=(
                    Field(
                        name="fast_track",
                        input=Input.RADIOS,
                        label=t("理由", "Reason"),
                        choices=(("", t("不申请", "Not asked for")), *reasons),
                        value=asked.reason if asked else "",
                    ),
                    Field(
                        name="justification",
                        input=Input.TEXTAREA,
                        label=t("书面说明", "Justification in writing"),
                        value=asked.justification if asked else "",
                        required=False,
                        rows=4,
                    ),
                ),
            )
        )
    if not KINDS[head.kind].issued_by_group:
        named = {partner.province: partner.authority for partner in shown.partners}
        groups.append(
            Group(
                title=t("长三角协同", "Joint project of the Yangtze delta"),
                hint=t(
                    "填写参加协同的省级主管机关的全称；不参加的留空。各方都同意后才能发布。",
                    "The full name of the authority of each province that takes part; leave the others empty. "
                    "The document is published when all of them agree.",
                ),
                fields=tuple(
                    Field(
                        name=f"partner_{province}",
                        label=str(labels.label(province)),
                        value=named.get(province, ""),
                        required=False,
                    )
                    for province in Province
                ),
            )
        )
    return tuple(groups)


@bp.route("/<int:project_id>/partners/<province>", methods=["GET", "POST"])
def partner(project_id: int, province: str) -> ResponseReturnValue:
    """The form that records the decision of a partner."""
    head_for(project_id, *DECIDERS)
    found = next((one for one in marks_of(db.session(), project_id).partners if one.province == province), None)
    if found is None:
        abort(404)
    known: PartnerShown = found

    def page(trouble: Trouble) -> FormPage:
        head = head_for(project_id)
        return FormPage(
            title=t("登记协同方的决定", "Record the decision of a partner"),
            over=known.authority,
            under=head.title_zh,
            crumbs=way_to(head, "publication", t("发布", "Publication")),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="decision",
                            input=Input.RADIOS,
                            label=t("决定", "Decision"),
                            choices=tuple((code.value, labels.label(code)) for code in PartnerDecision),
                            value=known.decision,
                        ),
                        Field(
                            name="decided_on",
                            input=Input.DATE,
                            label=t("决定日期", "Decided on"),
                            value=known.decided_on or "",
                            required=False,
                        ),
                        Field(
                            name="document_number",
                            label=t("决定文件的文号", "Number of its paper"),
                            value=known.document_number,
                            required=False,
                            width="medium",
                        ),
                    )
                ),
            ),
            version=head.version,
            submit=t("登记", "Record"),
            cancel_url=url_for("projects.publication", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: RecordPartnerDecision(
            project_id=project_id,
            expected_version=reader.version(),
            province=known.province,
            decision=reader.needed_code("decision", PartnerDecision),
            decided_on=reader.day("decided_on"),
            document_number=reader.text("document_number"),
        ),
        do=lambda session, command: record_partner_decision(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("决定已登记。", "The decision is recorded."),
        after=url_for("projects.publication", project_id=project_id),
    )
