"""A filled context for each form of the procedure that belongs to one case."""

from datetime import date
from fractions import Fraction

from standards_wf.documents.context import (
    AbolitionAnnouncement,
    AmendmentSheet,
    ApplicationForm,
    AppraisalExpert,
    AppraisalRecord,
    ApprovalForm,
    BallotConclusion,
    BallotPaper,
    CaseFacts,
    CaseForm,
    CastBallot,
    ChangedClause,
    CommentForm,
    ConsultationNotice,
    DisclosureForm,
    Expert,
    FilingForm,
    IssuedDocument,
    PackageLine,
    PlanAnnouncement,
    PlannedProject,
    PublicNotice,
    ReviewComment,
    ReviewCommentTable,
    ReviewedDocument,
    ReviewNotice,
    ReviewOpinion,
    ReviewSummary,
    SubmissionLetter,
    SubmissionList,
    TaskStatement,
    TrialReport,
    UncertaintyReport,
)
from standards_wf.workflow.vocabulary import (
    AmendmentKind,
    Conclusion,
    Kind,
    MetrologyCategory,
    Paper,
    Position,
    ReviewMode,
)

DAY = date(2025, 5, 6)
LOCAL = CaseFacts(
    title_zh="机场桥载电源使用管理规范",
    title_en="Specification for the use of bridge-mounted power supply at airports",
    kind=Kind.LOCAL_STANDARD,
    category=None,
    is_revision=True,
    replaces="DB31/T 1150—2019",
    ics="03.220.50",
    ccs="V 50",
    plan_entry="2024-DB-017",
    proposer="上海市交通委员会（演示）",
    owner="上海市交通标准化技术委员会（演示）",
    issuer="上海市市场监督管理局",
    units=("示范机场集团（演示）", "示范民航研究院（演示）"),
    drafters=("演示甲", "演示乙", "演示丙"),
    contact="演示甲，021-00000000",
)
METROLOGY = CaseFacts(
    title_zh="直流充电桩校准规范",
    title_en="Calibration Specification for DC Charging Piles",
    kind=Kind.METROLOGY_SPECIFICATION,
    category=MetrologyCategory.CALIBRATION_SPECIFICATION,
    is_revision=False,
    replaces="",
    ics="17.220",
    ccs="A 55",
    plan_entry="2024-JL-003",
    proposer="上海市电学计量技术委员会（演示）",
    owner="上海市电学计量技术委员会（演示）",
    issuer="上海市市场监督管理局",
    units=("示范计量技术研究院（演示）", "示范充电运营有限公司（演示）"),
    drafters=("演示丁", "演示戊"),
    contact="演示丁，021-00000001",
)
GROUP = CaseFacts(
    title_zh="冷链物流温度监测要求",
    title_en="Requirements for temperature monitoring in cold-chain logistics",
    kind=Kind.GROUP_STANDARD,
    category=None,
    is_revision=False,
    replaces="",
    ics="03.100",
    ccs="A 87",
    plan_entry="2024-TB-008",
    proposer="上海示范物流协会（演示）",
    owner="上海示范物流协会（演示）",
    issuer="上海示范物流协会（演示）",
    units=("示范物流有限公司（演示）",),
    drafters=("演示己",),
    contact="演示己，021-00000002",
)
_SCOPE = ("本文件规定了机场桥载电源的设备要求、使用要求和记录要求。", "本文件适用于民用运输机场。")
_CONTENT = ("设备要求：电压、频率和接口。", "使用要求：连接时间、断开条件和应急处置。")
_ISSUED = IssuedDocument("DB31/T 1234—2025", DAY, date(2025, 6, 1), date(2025, 9, 1), "2025年　第12号")
_EXPERTS = tuple(
    Expert(f"专家{numeral}", "委员", "正高级工程师", f"示范单位{numeral}（演示）") for numeral in "一二三四五六七"
)
_LINES = tuple(
    PackageLine(name, f"机场桥载电源使用管理规范 {name}.docx", pages, 2, f"{pages:02x}" * 32)
    for name, pages in (("报批函", 1), ("标准文本", 24), ("编制说明", 9), ("征求意见汇总处理表", 6))
)
_THREE_QUARTERS = Fraction(3, 4)

_FORMS: tuple[CaseForm, ...] = (
    ApplicationForm(
        LOCAL,
        DAY,
        purpose=("减少航空器辅助动力装置的使用，降低机场的排放和噪声。",),
        necessity=("现行文件发布已六年，连接时间和接口要求不能满足新机型的需要。",),
        scope=_SCOPE,
        technical_content=_CONTENT,
        relation_to_laws=("与有关强制性标准协调一致。",),
        months=12,
        adopts_foreign_text=False,
    ),
    TaskStatement(
        METROLOGY,
        DAY,
        purpose=("为使用中的直流充电桩提供统一的校准方法。",),
        technical_content=("计量特性、校准条件、校准项目和校准方法。",),
        begins_on=date(2024, 3, 1),
        completes_on=date(2025, 12, 31),
    ),
    AppraisalRecord(
        LOCAL,
        DAY,
        held_on=DAY,
        place="上海市示范路1号第二会议室",
        experts=tuple(AppraisalExpert(each.name, each.unit, each.professional_title) for each in _EXPERTS),
        points=("建议明确与民航行业标准的分工。", "补充节能减排效果的测算。"),
        in_favour=True,
    ),
    PlanAnnouncement(
        LOCAL,
        DAY,
        publisher="上海市市场监督管理局",
        announcement_number="示市监标技〔2024〕17号",
        plan_title="2024年度上海市地方标准制修订项目计划",
        projects=tuple(
            PlannedProject(f"2024-DB-0{n}", title, LOCAL.proposer, LOCAL.units[0], date(2025, 12, 31))
            for n, title in ((17, LOCAL.title_zh), (18, "节约型机关评价导则"), (19, "公共停车场（库）智能化建设要求"))
        ),
    ),
    TrialReport(METROLOGY, DAY, scope=("试验在两处充电站进行。",), technical_content=("示值误差、时钟误差的校准。",)),
    UncertaintyReport(METROLOGY, DAY, scope=("以标准表法测量直流充电桩的电能示值误差。",)),
    ConsultationNotice(LOCAL, DAY, opens_on=DAY, closes_on=date(2025, 6, 6), members_only=False),
    CommentForm(LOCAL, DAY, closes_on=date(2025, 6, 6)),
    ReviewNotice(
        LOCAL,
        DAY,
        mode=ReviewMode.MEETING,
        meets_on=date(2025, 6, 10),
        place="上海市示范路1号第二会议室",
        closes_on=date(2025, 6, 12),
        reviewers=_EXPERTS,
    ),
    BallotPaper(LOCAL, DAY, mode=ReviewMode.LETTER, closes_on=date(2025, 7, 6)),
    BallotConclusion(
        LOCAL,
        DAY,
        mode=ReviewMode.LETTER,
        opened_on=DAY,
        closes_on=date(2025, 7, 6),
        entitled=7,
        votes_for=5,
        votes_against=1,
        abstentions=0,
        quorum_words="2/3",
        approval_words=str(_THREE_QUARTERS),
        quorum_met=True,
        approved=True,
        ballots=tuple(
            CastBallot(each.name, each.unit, position, reason)
            for each, position, reason in zip(
                _EXPERTS,
                (Position.FOR, Position.AGAINST, *[Position.FOR] * 4, None),
                ("", "连接时间偏紧。", "", "宜补充示例。", "", "", ""),
                strict=True,
            )
        ),
        conclusion=("送审材料齐全，同意通过审查。",),
    ),
    ReviewCommentTable(
        LOCAL,
        DAY,
        held_on=DAY,
        mode=ReviewMode.MEETING,
        rows=(
            ReviewComment(
                "连接时间偏紧。", "专家二", Position.AGAINST, "运行记录表明95 %的架次可在4 min内完成，予以保留。"
            ),
            ReviewComment("宜补充示例。", "专家四", Position.FOR),
        ),
    ),
    SubmissionLetter(
        LOCAL,
        DAY,
        reviewed_on=date(2025, 4, 20),
        plan_title="2024年度上海市地方标准制修订项目计划",
        enclosures=("报批文件清单", "标准文本（报批稿）", "编制说明", "征求意见汇总处理表"),
    ),
    SubmissionList(LOCAL, DAY, lines=(*_LINES, PackageLine("审查会议纪要"))),
    ApprovalForm(
        LOCAL,
        DAY,
        consulted="2025年1月6日至2025年2月6日公开征求意见",
        comments="收到意见3条，采纳1条，部分采纳1条，不采纳1条",
        reviewed="2025年4月20日会审，通过",
        number="DB31/T 1234—2025",
    ),
    PublicNotice(METROLOGY, DAY, opened_on=DAY, ends_on=date(2025, 5, 16)),
    FilingForm(LOCAL, DAY, issued=_ISSUED, due_on=date(2025, 7, 31), filing_number="100001-2025"),
    DisclosureForm(
        GROUP,
        DAY,
        issued=IssuedDocument("T/SFWL 12—2025", DAY, date(2025, 6, 1), date(2025, 9, 1), "示物协〔2025〕3号"),
        group="上海示范物流协会（演示）",
        group_code="SFWL",
        scope=("本文件规定了冷链物流温度监测的要求。",),
        technical_content=("监测点布置、记录间隔和报警。",),
        patents=("起草过程中未识别出专利。",),
        address="https://standards.example.org/t-sfwl-12-2025",
    ),
    ReviewOpinion(
        LOCAL,
        DAY,
        issued=_ISSUED,
        opened_on=date(2028, 1, 10),
        conclusion=Conclusion.REVISE,
        grounds=("新机型的接口已有变化，需要修订表1。",),
        implementation=("本市两个机场全部采用，近三年无安全事件。",),
    ),
    ReviewSummary(
        LOCAL,
        DAY,
        year=2028,
        documents=(
            ReviewedDocument("DB31/T 1234—2025", LOCAL.title_zh, date(2025, 6, 1), Conclusion.REVISE, "接口变化", DAY),
            ReviewedDocument("DB31/T 1235—2025", "节约型机关评价导则", date(2025, 6, 1), Conclusion.VALID, "适用", DAY),
            ReviewedDocument("DB31/T 1236—2025", "公共停车场智能化建设要求", date(2025, 6, 1), None),
        ),
    ),
    AbolitionAnnouncement(
        LOCAL,
        DAY,
        issued=_ISSUED,
        announcement_number="2030年　第4号",
        abolished_on=date(2030, 5, 1),
        reason="已由国家标准代替。",
        use_instead="GB/T 99999—2029",
    ),
    AmendmentSheet(
        LOCAL,
        DAY,
        issued=_ISSUED,
        amendment_kind=AmendmentKind.AMENDMENT,
        number=1,
        reason="与新发布的国家标准协调。",
        amended_on=date(2026, 3, 1),
        effective_on=date(2026, 6, 1),
        changes=(
            ChangedClause("5.1", "应在5 min内完成桥载电源的连接。", "应在6 min内完成桥载电源的连接。"),
            ChangedClause("表1", "", "增加F类机型一行。"),
        ),
    ),
)

FORM_SAMPLES: dict[Paper, CaseForm] = {form.paper: form for form in _FORMS}
