"""The seven headings of the yearly white paper (上海市标准化条例, article 37) and the figures under them, in words."""

from enum import StrEnum

from standards_wf.wording.language import Term


class Heading(StrEnum):
    """The headings, in their order."""

    OVERALL = "overall"
    LOCAL_STANDARDS = "local_standards"
    GROUPS_AND_ENTERPRISES = "groups_and_enterprises"
    COMMITTEES = "committees"
    REGION = "region"
    INTERNATIONAL = "international"
    OTHER = "other"


HEADINGS: dict[Heading, Term] = {
    Heading.OVERALL: Term("总体情况", "The year as a whole"),
    Heading.LOCAL_STANDARDS: Term("地方标准制定和实施", "Local standards: making and carrying out"),
    Heading.GROUPS_AND_ENTERPRISES: Term(
        "团体标准、企业标准自我声明", "Group and enterprise standards: self-declaration"
    ),
    Heading.COMMITTEES: Term("标准化技术委员会建设", "Technical committees"),
    Heading.REGION: Term("区域合作", "Co-operation in the region"),
    Heading.INTERNATIONAL: Term("国际、国家标准化活动", "International and national work"),
    Heading.OTHER: Term("其他", "Other"),
}


class Known(StrEnum):
    """The figures."""

    IN_FORCE_AT_END = "in_force_at_end"
    PUBLISHED = "published"
    CAME_INTO_FORCE = "came_into_force"
    SUPERSEDED = "superseded"
    ABOLISHED = "abolished"
    CALLS = "calls"
    SUGGESTIONS = "suggestions"
    PLANS = "plans"
    PLANNED = "planned"
    PROJECTS_REFUSED = "projects_refused"
    PROJECTS_ENDED = "projects_ended"
    CONSULTATIONS = "consultations"
    COMMENTS = "comments"
    FILED = "filed"
    FILED_LATE = "filed_late"
    REVIEWS_STARTED = "reviews_started"
    FOUND_VALID = "found_valid"
    TO_BE_REVISED = "to_be_revised"
    TO_BE_ABOLISHED = "to_be_abolished"
    AMENDMENTS = "amendments"
    IMPLEMENTATION_EVALUATED = "implementation_evaluated"
    DISCLOSED = "disclosed"
    ASSOCIATIONS = "associations"
    ENTERPRISE_STANDARDS = "enterprise_standards"
    COMMITTEES = "committees"
    COMMITTEE_PEOPLE = "committee_people"
    REVIEWS_PASSED = "reviews_passed"
    REVIEWS_NOT_PASSED = "reviews_not_passed"
    REVIEWS_REPEATED = "reviews_repeated"
    COMMITTEES_ASSESSED = "committees_assessed"
    JOINT_PROJECTS = "joint_projects"
    PARTNERS_AGREED = "partners_agreed"
    JOINT_PUBLISHED = "joint_published"
    ADOPTED_FOREIGN = "adopted_foreign"
    NATIONAL_WORK = "national_work"
    INTERNATIONAL_WORK = "international_work"
    NOTICES = "notices"
    OBJECTIONS = "objections"
    COMPLAINTS = "complaints"
    SHANGHAI_MARK = "shanghai_mark"


KNOWN: dict[Known, Term] = {
    Known.IN_FORCE_AT_END: Term("年末现行有效的文件", "Documents in force at the end of the year"),
    Known.PUBLISHED: Term("发布的文件", "Documents published"),
    Known.CAME_INTO_FORCE: Term("开始实施的文件", "Documents that came into force"),
    Known.SUPERSEDED: Term("被代替的文件", "Documents superseded"),
    Known.ABOLISHED: Term("废止的文件", "Documents abolished"),
    Known.CALLS: Term("发布的立项指南", "Calls for suggestions published"),
    Known.SUGGESTIONS: Term("收到的立项建议", "Suggestions received"),
    Known.PLANS: Term("公布的项目计划", "Project plans published"),
    Known.PLANNED: Term("列入计划的项目", "Projects entered in a plan"),
    Known.PROJECTS_REFUSED: Term("未采纳、不予立项", "Suggestions declined and projects refused"),
    Known.PROJECTS_ENDED: Term("终止、不予批准的项目", "Projects terminated or not approved"),
    Known.CONSULTATIONS: Term("征求意见（轮）", "Rounds of consultation"),
    Known.COMMENTS: Term("收到的意见", "Comments received"),
    Known.FILED: Term("按期备案", "Filings in time"),
    Known.FILED_LATE: Term("逾期备案", "Filings too late"),
    Known.REVIEWS_STARTED: Term("开始的复审", "Periodic reviews started"),
    Known.FOUND_VALID: Term("复审结论：继续有效", "Conclusion: remains valid"),
    Known.TO_BE_REVISED: Term("复审结论：修订", "Conclusion: revise"),
    Known.TO_BE_ABOLISHED: Term("复审结论：拟废止", "Conclusion: to be abolished"),
    Known.AMENDMENTS: Term("发布的修改单和更正", "Amendment sheets and corrections published"),
    Known.IMPLEMENTATION_EVALUATED: Term("实施效果评估", "Evaluations of how documents are carried out"),
    Known.DISCLOSED: Term("登记的团体标准自我声明公开", "Disclosures of group standards recorded"),
    Known.ASSOCIATIONS: Term("发布文件的社会团体", "Associations that published a document"),
    Known.ENTERPRISE_STANDARDS: Term("企业标准自我声明公开", "Enterprise standards disclosed"),
    Known.COMMITTEES: Term("年末的技术委员会", "Committees at the end of the year"),
    Known.COMMITTEE_PEOPLE: Term("技术委员会组成人员", "People in committees"),
    Known.REVIEWS_PASSED: Term("通过的技术审查", "Technical reviews passed"),
    Known.REVIEWS_NOT_PASSED: Term("未通过的技术审查", "Technical reviews not passed"),
    Known.REVIEWS_REPEATED: Term("重新进行的技术审查", "Technical reviews repeated"),
    Known.COMMITTEES_ASSESSED: Term("技术委员会考核评估", "Assessments of committees"),
    Known.JOINT_PROJECTS: Term("新提出的长三角区域协同项目", "Joint projects of the Yangtze River Delta begun"),
    Known.PARTNERS_AGREED: Term("协同省份同意的决定", "Decisions in favour by partner provinces"),
    Known.JOINT_PUBLISHED: Term("发布的区域协同文件", "Joint documents published"),
    Known.ADOPTED_FOREIGN: Term("采用国际、国外文件的发布文件", "Documents published that adopt a foreign text"),
    Known.NATIONAL_WORK: Term("参与国家标准制修订", "Share in national standards"),
    Known.INTERNATIONAL_WORK: Term("参与国际标准化活动", "Share in international work"),
    Known.NOTICES: Term("批准前公示和废止公示", "Public notices before approval or abolition"),
    Known.OBJECTIONS: Term("公示期间收到的异议", "Objections received to notices"),
    Known.COMPLAINTS: Term("投诉举报及其答复", "Complaints and their answers"),
    Known.SHANGHAI_MARK: Term("“上海标准”标识评价", "Marks of a Shanghai standard given"),
}
