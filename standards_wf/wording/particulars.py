"""What the forms, the rules and the explanatory note ask for, in words."""

from standards_wf.wording.language import Term
from standards_wf.workflow.notes import NoteHeading

FIELDS: dict[str, Term] = {
    "plan_number": Term("计划编号", "Plan number"),
    "plan_published_on": Term("计划公布日期", "Date the plan was published"),
    "completes_on": Term("完成日期", "Completion date"),
    "plan_id": Term("列入的计划", "Plan that it enters"),
    "announcement": Term("公告文号", "Number of the announcement"),
    "project_name": Term("项目名称", "Name of the project"),
    "drafting_unit": Term("牵头起草单位", "Leading drafting unit"),
    "fast_track_granted": Term("同意快速立项", "Grant the fast track"),
    "merged_into": Term("并入项目的编号", "Number of the case that it is merged into"),
    "months": Term("延长月数", "Months of extension"),
    "closes_on": Term("截止日期", "Closing date"),
    "members_only": Term("仅向会员征求意见", "Consult members only"),
    "public_interest_untouched": Term(
        "声明：不涉及人身安全、生态环境安全和消费者权益",
        "Declaration: no personal safety, environmental safety or consumer interest is touched",
    ),
    "review_mode": Term("审查方式", "Form of the review"),
    "meets_on": Term("会议日期", "Date of the meeting"),
    "place": Term("会议地点", "Place of the meeting"),
    "filing_number": Term("备案号", "Filing number"),
    "filed_on": Term("备案日期", "Filing date"),
    "disclosure_address": Term("公开地址", "Address of the disclosure"),
    "disclosed_on": Term("公开日期", "Date of the disclosure"),
    "early_reason": Term("提前复审的情形", "Reason of an early review"),
    "early_grounds": Term("提前复审的依据", "What the early review rests on"),
    "decided_on": Term("决定日期", "Day of the decision"),
    "use_instead": Term("改用的文件", "Document to be used instead"),
    "implementation": Term("实施信息", "How it is applied"),
    "title_zh": Term("中文名称", "Chinese title"),
    "title_en": Term("英文名称", "English title"),
    "framework_node": Term("体系框架节点", "Framework node"),
    "category": Term("计量技术规范类别", "Category of metrology specification"),
    "applicant": Term("申请单位", "Applicant"),
    "purpose": Term("目的", "Purpose"),
    "necessity": Term("必要性", "Necessity"),
    "scope": Term("范围", "Scope"),
    "technical_content": Term("主要技术内容", "Main technical content"),
    "relation_to_laws": Term("与法律法规和现行标准的关系", "Relation to laws and existing standards"),
    "drafting_units": Term("起草单位", "Drafting units"),
    "contact": Term("联系人", "Contact"),
    "proposed_months": Term("拟定完成月数", "Months needed"),
    "is_revision": Term("修订现有文件", "Revision of an existing document"),
    "is_mandatory": Term("强制性标准", "Mandatory"),
    "part_of": Term("所属的文件", "Part of"),
    "replaces": Term("代替的文件", "Documents replaced"),
    "partly_replaces": Term("部分代替的文件", "Documents replaced in part"),
    "signed_form_attached": Term("已签章的申报书", "Signed application form"),
    "number": Term("文件编号", "Document number"),
    "approved_on": Term("批准日期", "Approval date"),
    "published_on": Term("发布日期", "Publication date"),
    "effective_on": Term("实施日期", "Implementation date"),
    "gap_reason": Term("提前实施的理由", "Reason for early implementation"),
    "conclusion": Term("复审结论", "Conclusion of the periodic review"),
    "grounds": Term("复审理由", "Grounds of the conclusion"),
    "note": Term("书面理由", "Written reason"),
}

RULES: dict[str, Term] = {
    "appraisal_min_experts": Term("立项论证专家最少人数", "Experts at an appraisal, at least"),
    "plan_months_new": Term("制定项目最长期限", "Duration of a new project, at most"),
    "plan_months_revision": Term("修订项目最长期限", "Duration of a revision, at most"),
    "extension_ask_before_days": Term("申请延期的提前量", "Ask for an extension before completion by"),
    "extension_max_months": Term("最长延期", "Length of an extension, at most"),
    "consultation_min_days": Term("征求意见最短期限", "Length of a consultation, at least"),
    "papers_notice_days": Term("审查材料送达的提前量", "Papers reach the reviewers before the review by"),
    "review_min_voters": Term("有表决权人员最少人数", "Persons entitled to vote, at least"),
    "review_max_drafter_unit_share": Term("起草单位人员占比上限", "Share of voters from drafting units, at most"),
    "quorum": Term("参加表决的最低比例", "Quorum: votes cast of those entitled"),
    "approve": Term("通过所需的赞成比例", "Approval: votes in favour of those cast"),
    "public_notice_days": Term("批准前公示期", "Length of the public notice before approval"),
    "publication_gap_days": Term("发布至实施的间隔", "From publication to implementation, at least"),
    "full_text_days": Term("发布后公开全文期限", "Full text made public after publication, within"),
    "filing_days": Term("发布后备案期限", "Filing after publication, within"),
    "review_cycle_months": Term("复审周期", "Cycle of the periodic review"),
    "review_opinion_months_before": Term("复审意见的提前量", "Review opinion before the cycle ends by"),
    "abolition_notice_days": Term("废止公示期", "Length of the abolition notice"),
}

UNITS: dict[str, Term] = {
    "persons": Term("人", "persons"),
    "days": Term("日", "days"),
    "months": Term("个月", "months"),
    "share": Term("比例", "share"),
}

HEADINGS: dict[NoteHeading, Term] = {
    NoteHeading.WORK: Term(
        "工作简况，包括任务来源、制定背景、起草过程、协作单位等",
        "Outline of the work: task, background, drafting, co-operating units",
    ),
    NoteHeading.PRINCIPLES: Term(
        "编制原则、主要内容及其确定依据，修订时附新旧内容对比",
        "Principles, main content and its grounds; for a revision old and new compared",
    ),
    NoteHeading.VERIFICATION: Term(
        "试验验证的分析、综述报告，技术经济论证，预期的经济效益、社会效益和生态效益",
        "Verification, technical and economic reasoning, benefits expected",
    ),
    NoteHeading.COMPARISON: Term(
        "与国际、国外同类标准技术内容的对比情况", "Comparison with international and foreign standards"
    ),
    NoteHeading.ADOPTION: Term(
        "以国际标准为基础的起草情况，以及是否合规引用或者采用国际国外标准",
        "International standards taken as a basis, and whether they are properly cited or adopted",
    ),
    NoteHeading.LAWS: Term("与有关法律、行政法规及相关标准的关系", "Relation to laws, regulations and other standards"),
    NoteHeading.DISAGREEMENTS: Term("重大分歧意见的处理经过和依据", "Major disagreements and how they were settled"),
    NoteHeading.PATENTS: Term("涉及专利的有关说明", "Patents"),
    NoteHeading.IMPLEMENTATION: Term(
        "实施的要求，以及组织措施、技术措施、过渡期和实施日期的建议",
        "Implementation: requirements, measures, transition and date proposed",
    ),
    NoteHeading.OTHER: Term("其他应当说明的事项", "Other matters"),
    NoteHeading.TASK: Term("任务来源", "Source of the task"),
    NoteHeading.DRAFTING_BASIS: Term("编写依据", "Basis of the drafting"),
    NoteHeading.RELATED_DOCUMENTS: Term(
        "与国际法制计量组织、国际标准化组织及国内有关文件的关系", "Relation to OIML, ISO and domestic documents"
    ),
    NoteHeading.KEY_CLAUSES: Term("重要条款的说明", "Key clauses explained"),
    NoteHeading.CHANGES: Term("修订的主要内容", "What the revision changes"),
}
