"""What sets some cases of the demonstration apart: the fast track, and the partners in the Yangtze delta."""

from standards_wf.demo.acts import Case
from standards_wf.services.project_marks import (
    MarkProject,
    RecordPartnerDecision,
    mark_project,
    record_partner_decision,
)
from standards_wf.workflow.vocabulary import FastTrackReason, PartnerDecision, Province

PARTNERS = {
    Province.JIANGSU: "江苏省市场监督管理局（演示）",
    Province.ZHEJIANG: "浙江省市场监督管理局（演示）",
    Province.ANHUI: "安徽省市场监督管理局（演示）",
}


def ask_for_fast_track(case: Case) -> None:
    """Whoever applies asks that the case be taken before others, with the reason in writing."""
    case.wait(3)
    command = MarkProject(
        project_id=case.project_id,
        fast_track=FastTrackReason.PUBLIC_INTEREST,
        justification="监测结果关系到公众健康和生态安全，需要在本年度内有统一的方法。（演示）",
    )
    case.do(case.applicant, mark_project, command)


def name_partners(case: Case) -> None:
    """Whoever applies names the authorities of the three provinces that take part."""
    case.wait(2)
    case.do(case.applicant, mark_project, MarkProject(project_id=case.project_id, partners=PARTNERS))


def partner_agrees(case: Case, province: Province) -> None:
    """The authority records that a partner has decided in favour."""
    command = RecordPartnerDecision(
        project_id=case.project_id,
        province=province,
        decision=PartnerDecision.IN_FAVOUR,
        decided_on=case.day,
        document_number=f"演示函〔{case.day.year}〕{case.day:%m%d}号",
    )
    case.do("authority", record_partner_decision, command)
