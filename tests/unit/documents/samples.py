"""Complete contexts for every paper, with demonstration people and bodies only."""

from datetime import date

from standards_wf.documents.clauses import AnnexKind, Clause, ClauseKind, Formula, Table
from standards_wf.documents.context import (
    CalibrationBody,
    CommentRow,
    CommentTable,
    Context,
    Drafter,
    Expert,
    ExplanatoryNote,
    Foreword,
    NoteSection,
    PointRaised,
    PublicationAnnouncement,
    Published,
    Replaced,
    ReviewMinutes,
    StandardBody,
)
from standards_wf.documents.writing.sections import paragraphs_of, sections_of
from standards_wf.wording import labels
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.vocabulary import Disposition, DraftStage, Kind, Paper, ReviewMode, ReviewOutcome
from tests.unit.documents.form_samples import FORM_SAMPLES

CHAPTER, CLAUSE, TERM, ANNEX = ClauseKind.CHAPTER, ClauseKind.CLAUSE, ClauseKind.TERM, ClauseKind.ANNEX

STANDARD_CLAUSES = (
    Clause(
        CHAPTER,
        "1",
        "范围",
        (
            "本文件规定了机场桥载电源使用的基本要求、使用流程、运行管理和统计方法。",
            "本文件适用于本市民用运输机场廊桥机位的地面电源和空调设备的使用与管理。",
        ),
    ),
    Clause(
        CHAPTER,
        "2",
        "规范性引用文件",
        (
            "下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。",
            "GB/T 2589　综合能耗计算通则",
            "GB 17167　用能单位能源计量器具配备和管理通则",
        ),
    ),
    Clause(CHAPTER, "3", "术语和定义", ("下列术语和定义适用于本文件。",)),
    Clause(
        TERM, "3.1", "桥载电源　bridge-mounted power supply", ("安装在廊桥上，向停靠的航空器提供400 Hz电能的装置。",)
    ),
    Clause(
        TERM,
        "3.2",
        "替代率　substitution rate",
        ("使用桥载电源的架次占具备使用条件的架次的百分比。", "注：因故障不能使用的架次不计入具备使用条件的架次。"),
    ),
    Clause(CHAPTER, "4", "基本要求"),
    Clause(
        CLAUSE,
        "4.1",
        "设备",
        (
            "桥载电源的输出应符合下列规定：",
            "a) 额定电压为115 V/200 V，稳态偏差不超过±3 V；",
            "b) 额定频率为400 Hz，稳态偏差不超过±5 Hz；",
            "c) 具备下列保护功能：",
            "1) 过压和欠压保护；",
            "2) 过载保护。",
        ),
    ),
    Clause(CLAUSE, "4.2", "人员", ("操作人员应经过培训，并掌握应急处置方法。",)),
    Clause(CHAPTER, "5", "使用流程"),
    Clause(CLAUSE, "5.1", "", ("航空器靠桥后，操作人员应在5 min内完成桥载电源的连接。",)),
    Clause(
        CLAUSE,
        "5.2",
        "",
        (
            "航空器离桥前，机组宜在推出前5 min启动辅助动力装置。各机型的连接要求见表1。",
            Table(
                (
                    ("机型类别", "电源接口数量", "最大功率/kVA", "说明"),
                    ("C类", "1", "90", ""),
                    ("E类", "2", "180", "两路同时供电"),
                ),
                caption="表1　各机型的连接要求",
                unit="单位为毫米",
            ),
        ),
    ),
    Clause(CHAPTER, "6", "统计"),
    Clause(
        CLAUSE,
        "6.1",
        "替代率",
        (
            "替代率按公式（1）计算：",
            Formula("R = N_b / N_t × 100 %", "1"),
            "式中：",
            "R —— 替代率，%；",
            "N_b —— 使用桥载电源的架次；",
            "N_t —— 具备使用条件的架次。",
            "示例：某日具备使用条件的架次为200，使用桥载电源的架次为190，则替代率为95 %。",
        ),
    ),
    Clause(CLAUSE, "6.2", "减排量", ("减排量的计算方法见附录A，记录表的格式见附录B。",)),
    Clause(ANNEX, "A", "减排量计算方法", (), AnnexKind.NORMATIVE),
    Clause(CLAUSE, "A.1", "计算边界", ("计算边界为航空器靠桥至离桥期间辅助动力装置的燃油消耗。",)),
    Clause(CLAUSE, "A.2", "计算公式", ("减排量按公式（A.1）计算：", Formula("E = F × t × k", "A.1"))),
    Clause(
        ANNEX,
        "B",
        "使用记录表",
        (
            "使用记录表见表B.1。",
            Table((("日期", "航班号", "机位", "连接时间", "断开时间"), ("", "", "", "", "")), "表B.1　使用记录表"),
        ),
        AnnexKind.INFORMATIVE,
    ),
    Clause(ClauseKind.BIBLIOGRAPHY, "", "参考文献", ("[1] MH/T 5107　民用机场航站楼登机桥设备通用技术要求",)),
)

LOCAL_STANDARD = StandardBody(
    kind=Kind.LOCAL_STANDARD,
    title_zh="机场桥载电源使用管理规范",
    title_en="Specification for the use of bridge-mounted power supply at airports",
    draft_stage=DraftStage.PUBLICATION,
    issuer="上海市市场监督管理局",
    class_line="上海市地方标准",
    number_series="DB31/T",
    number="DB31/T 1234—2025",
    ics="03.220.50",
    ccs="V 50",
    replaces=(Replaced("DB31/T 1150—2019", "机场桥载电源使用要求"),),
    published_on=date(2025, 6, 1),
    implemented_on=date(2025, 9, 1),
    foreword=Foreword(
        proposer="上海市交通委员会（演示）",
        owner="上海市交通标准化技术委员会（演示）",
        organises_implementation=True,
        drafting_units=("示范机场集团（演示）", "示范民航研究院（演示）"),
        drafters=("演示甲", "演示乙", "演示丙"),
        main_changes=("更改了连接时间的要求（见5.1，2019年版的4.2）", "增加了减排量的计算方法（见附录A）"),
        history=("2019年首次发布为DB31/T 1150—2019", "本次为第一次修订"),
    ),
    introduction=paragraphs_of(
        ("航空器靠桥期间以桥载电源代替辅助动力装置，可减少燃油消耗和噪声。本文件为其使用提供统一的要求。",)
    ),
    clauses=sections_of(STANDARD_CLAUSES),
)

GROUP_DRAFT = StandardBody(
    kind=Kind.GROUP_STANDARD,
    title_zh="绿色物流　冷链物流温室气体排放核算",
    title_en="Green logistics—Accounting of greenhouse gas emissions of cold-chain logistics",
    draft_stage=DraftStage.CONSULTATION,
    issuer="上海示范物流协会（演示）",
    class_line="团体标准",
    number_series="T/SFWL",
    ics="03.100.99",
    ccs="A 10",
    completed_on=date(2025, 3, 10),
    foreword=Foreword(
        proposer="上海示范物流协会（演示）",
        owner="上海示范物流协会（演示）",
        drafting_units=("示范冷链有限公司（演示）",),
        drafters=("演示丁",),
    ),
    clauses=sections_of(STANDARD_CLAUSES[:6]),
)

CALIBRATION_CLAUSES = (
    Clause(CHAPTER, "1", "范围", ("本规范适用于额定电压不超过1000 V的电动汽车充电桩使用中的校准。",)),
    Clause(
        CHAPTER,
        "2",
        "引用文件",
        ("本规范引用下列文件：", "JJG 1148　电动汽车交流充电桩", "GB/T 18487.1　电动汽车传导充电系统"),
    ),
    Clause(CHAPTER, "3", "术语和计量单位"),
    Clause(TERM, "3.1", "工作误差　operating error", ("充电桩在实际工作条件下的电能示值误差。",)),
    Clause(CHAPTER, "4", "概述", ("充电桩由功率变换、计量和控制等单元组成。",)),
    Clause(
        CHAPTER,
        "5",
        "计量特性",
        (
            "充电桩的计量特性见表1。",
            Table(
                (("计量特性", "单位", "最大允许误差"), ("电能", "kW·h", "±1.0 %或±2.0 %"), ("时钟", "s", "±5")),
                "表1　计量特性",
            ),
        ),
    ),
    Clause(CHAPTER, "6", "校准条件"),
    Clause(CLAUSE, "6.1", "环境条件", ("环境温度为-10 ℃～40 ℃，相对湿度不大于90 %。",)),
    Clause(CLAUSE, "6.2", "测量标准及其他设备", ("标准电能表的准确度等级不低于0.1级。",)),
    Clause(CHAPTER, "7", "校准项目和校准方法"),
    Clause(CLAUSE, "7.1", "校准项目", ("校准项目为工作误差、示值误差和时钟示值误差。",)),
    Clause(
        CLAUSE,
        "7.2",
        "校准方法",
        (
            "工作误差按公式（1）计算：",
            Formula("γ = (E_x − E_s) / E_s × 100 %", "1"),
            "式中：",
            "E_x —— 充电桩示值，kW·h；",
            "E_s —— 标准电能值，kW·h。",
        ),
    ),
    Clause(CHAPTER, "8", "校准结果表达", ("校准结果以校准证书的形式给出，证书内页格式见附录B。",)),
    Clause(CHAPTER, "9", "复校时间间隔", ("建议复校时间间隔不超过1年。",)),
    Clause(
        ANNEX,
        "A",
        "校准原始记录格式",
        (
            Table(
                (("序号", "充电量/kW·h", "示值/kW·h", "标准值/kW·h", "误差/%"), ("1", "", "", "", "")),
                "表A.1　校准原始记录",
            ),
        ),
        AnnexKind.INFORMATIVE,
    ),
    Clause(
        ANNEX, "B", "校准证书内页格式", ("证书内页至少给出校准条件、校准结果及其扩展不确定度。",), AnnexKind.INFORMATIVE
    ),
    Clause(ANNEX, "C", "测量不确定度评定示例", (), AnnexKind.INFORMATIVE),
    Clause(CLAUSE, "C.1", "测量模型", ("测量模型见公式（C.1）：", Formula("γ = γ_0 + γ_s", "C.1"))),
)

CALIBRATION = CalibrationBody(
    title_zh="电动汽车充电桩使用中校准规范",
    title_en="Calibration Specification for Electric Vehicle Charging Piles in Service",
    draft_stage=DraftStage.PUBLICATION,
    issuer="上海市市场监督管理局",
    class_line="上海市地方计量技术规范",
    number_series="JJF(沪)",
    number="JJF(沪) 12—2025",
    published_on=date(2025, 6, 1),
    implemented_on=date(2025, 9, 1),
    replaces=(Replaced("JJF(沪) 3—2018", "电动汽车充电桩校准规范"),),
    approved_on=date(2025, 5, 28),
    owner="上海市电学计量技术委员会（演示）",
    lead_units=("示范计量技术研究院（演示）",),
    interpreter="上海市电学计量技术委员会（演示）",
    lead_drafters=(Drafter("演示甲", "示范计量技术研究院（演示）"), Drafter("演示乙", "示范计量技术研究院（演示）")),
    basis=(
        "JJF 1071—2010《国家计量校准规范编写规则》",
        "JJF 1001—2011《通用计量术语及定义》",
        "JJF 1059.1—2012《测量不确定度评定与表示》",
    ),
    participating_units=("示范充电运营有限公司（演示）", "示范电力科学研究院（演示）"),
    participating_drafters=(Drafter("演示丙", "示范充电运营有限公司（演示）"),),
    main_changes=("增加了直流充电桩的校准方法（见7.2）",),
    introduction=paragraphs_of(("本规范用于指导使用中充电桩的现场校准。",)),
    clauses=sections_of(CALIBRATION_CLAUSES),
)

NOTE = ExplanatoryNote(
    kind=Kind.LOCAL_STANDARD,
    title_zh="机场桥载电源使用管理规范",
    draft_stage=DraftStage.REVIEW,
    drafting_units=("示范机场集团（演示）", "示范民航研究院（演示）"),
    completed_on=date(2025, 3, 10),
    plan_entry="2024-DB-017",
    sections=tuple(
        NoteSection(
            heading,
            (
                f"演示文字：起草组就“{labels.heading(heading).zh}”作了调查、试验和论证，听取了机场、航空公司和设备厂商的意见。",
                "有关数据来自两个机场12个月的运行记录，结论已写入正文相应的章条。",
            ),
        )
        for heading in headings_of(Kind.LOCAL_STANDARD)
    ),
)

COMMENTS = CommentTable(
    title_zh="机场桥载电源使用管理规范",
    handler="演示甲",
    phone="021-00000000",
    drafting_unit="示范机场集团（演示）",
    filled_on=date(2025, 4, 20),
    rows=(
        CommentRow(
            "5.1",
            "连接时间5 min偏紧，建议改为8 min。",
            "示范航空公司（演示）",
            Disposition.NOT_ACCEPTED,
            "运行记录表明95 %的架次可在4 min内完成。",
        ),
        CommentRow(
            "表1", "建议增加F类机型。", "示范机场（演示）", Disposition.PARTLY_ACCEPTED, "在表注中说明F类按E类执行。"
        ),
        CommentRow("前言", "起草单位排序有误。", "示范民航研究院（演示）", Disposition.ACCEPTED),
    ),
    units_asked=32,
    units_answered=18,
    units_commenting=3,
    units_silent=14,
)

MINUTES = ReviewMinutes(
    kind=Kind.LOCAL_STANDARD,
    title_zh="机场桥载电源使用管理规范",
    mode=ReviewMode.MEETING,
    held_on=date(2025, 5, 6),
    place="上海市示范路1号第二会议室",
    organiser="上海市交通标准化技术委员会（演示）",
    chair="演示主任",
    experts=tuple(
        Expert(f"专家{numeral}", "组长" if numeral == "一" else "委员", "正高级工程师", f"示范单位{numeral}（演示）")
        for numeral in "一二三四五六七"
    ),
    process=(
        "受上海市市场监督管理局委托，上海市交通标准化技术委员会（演示）组织召开了审查会。",
        "专家组听取了起草组的汇报，审阅了送审稿、编制说明和征求意见汇总处理表，并逐条进行了讨论。",
    ),
    points=(PointRaised("5.1", "明确连接时间的起算点。"), PointRaised("", "统一全文的量和单位的写法。")),
    disagreements=("对连接时间是否放宽有不同意见，经讨论维持5 min。",),
    entitled=7,
    present=7,
    votes_for=6,
    votes_against=0,
    abstentions=1,
    outcome=ReviewOutcome.PASSED,
    conclusion=("送审材料齐全，技术内容科学合理、可操作性强。专家组同意通过审查，建议按修改意见修改后报批。",),
    recommendation="建议作为推荐性地方标准发布，其技术内容达到国内先进水平。",
)

ANNOUNCEMENT = PublicationAnnouncement(
    kind=Kind.LOCAL_STANDARD,
    issuer="上海市市场监督管理局",
    announcement_number="2025年　第12号",
    documents=(
        Published(
            "DB31/T 1234—2025", "机场桥载电源使用管理规范", date(2025, 6, 1), date(2025, 9, 1), "DB31/T 1150—2019"
        ),
        Published("DB31/T 1235—2025", "节约型机关评价导则", date(2025, 6, 1), date(2025, 9, 1)),
    ),
    announced_on=date(2025, 6, 1),
)

SAMPLES: dict[Paper, Context] = {
    Paper.STANDARD_BODY: LOCAL_STANDARD,
    Paper.CALIBRATION_BODY: CALIBRATION,
    Paper.EXPLANATORY_NOTE: NOTE,
    Paper.COMMENT_TABLE: COMMENTS,
    Paper.REVIEW_MINUTES: MINUTES,
    Paper.PUBLICATION_ANNOUNCEMENT: ANNOUNCEMENT,
    **FORM_SAMPLES,
}
