"""The sentences of this ability: what is wrong with an upload, what a paper lacks, why a file could not be made."""

import re
from enum import StrEnum

from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Paper


class DocumentProblem(StrEnum):
    """Why a paper cannot be made."""

    MISSING_VALUE = "missing_value"
    OFFICE_ABSENT = "office_absent"
    OFFICE_FAILED = "office_failed"
    OFFICE_SLOW = "office_slow"


class UploadProblem(StrEnum):
    """Why a file that somebody sent is not taken in."""

    EMPTY = "upload_empty"
    TAKES_TOO_LONG = "upload_takes_too_long"
    NEEDS_TOO_MUCH = "upload_needs_too_much"
    READING_FAILED = "upload_reading_failed"
    TOO_LARGE = "upload_too_large"
    WRONG_KIND = "upload_wrong_kind"
    OLD_FORMAT = "upload_old_format"
    BROKEN = "upload_broken"
    ENCRYPTED = "upload_encrypted"
    MACROS = "upload_macros"
    TEMPLATE = "upload_template"
    TOO_MANY_PARTS = "upload_too_many_parts"
    UNPACKS_TOO_LARGE = "upload_unpacks_too_large"
    NESTED_ARCHIVE = "upload_nested_archive"
    PART_NAMES = "upload_part_names"
    ENTITIES = "upload_entities"
    EXTERNAL_PARTS = "upload_external_parts"
    ACTIVE_FIELDS = "upload_active_fields"
    ACTIVE_PDF = "upload_active_pdf"


_SENTENCES: dict[StrEnum, Term] = {
    DocumentProblem.MISSING_VALUE: Term(
        "{paper}还缺少：{field}。请补全后再生成。", "{paper} still lacks: {field}. Fill it in and make the paper again."
    ),
    DocumentProblem.OFFICE_ABSENT: Term(
        "本服务器没有安装LibreOffice（{executable}），暂不能生成PDF；docx文件照常可用。",
        "LibreOffice ({executable}) is not installed on this server, so no PDF can be made; the docx is there as usual.",
    ),
    DocumentProblem.OFFICE_FAILED: Term(
        "LibreOffice未能把该文件转换为PDF：{told}", "LibreOffice could not turn the file into a PDF: {told}"
    ),
    DocumentProblem.OFFICE_SLOW: Term(
        "LibreOffice在{seconds}秒内没有完成转换，请稍后再试。",
        "LibreOffice did not finish within {seconds} seconds; try again later.",
    ),
    UploadProblem.EMPTY: Term("“{name}”是空文件，请重新选择文件。", "“{name}” is empty; choose the file again."),
    UploadProblem.TAKES_TOO_LONG: Term(
        "读取“{name}”超过{seconds}秒，已停止。请在Word中另存为新的docx，或者拆分后再上传。",
        "Reading “{name}” took more than {seconds} seconds and was stopped. Save it anew with Word, or split it, and send that.",
    ),
    UploadProblem.NEEDS_TOO_MUCH: Term(
        "读取“{name}”所需内存超过{limit}，已停止。请压缩其中的图片、另存为新的docx，或者拆分后再上传。",
        "Reading “{name}” needs more than {limit} of memory and was stopped. Make its pictures smaller, save it anew, or split it.",
    ),
    UploadProblem.READING_FAILED: Term(
        "读取“{name}”时出错，已记入日志。请在Word中另存为新的docx后再上传；仍不成功的，请把文件交给管理员。",
        "Reading “{name}” failed; the log has the details. Save it anew with Word and send that; if it fails again, give the file to the administrator.",
    ),
    UploadProblem.TOO_LARGE: Term(
        "“{name}”有{size}，超过上限{limit}。请压缩其中的图片或拆分文件。",
        "“{name}” has {size}; the limit is {limit}. Make its pictures smaller or split it.",
    ),
    UploadProblem.WRONG_KIND: Term(
        "“{name}”的内容不是这里可以接收的文件（可接收：{allowed}）。请另存为其中一种格式，只改扩展名不行。",
        "The content of “{name}” is not of a kind that is taken here ({allowed}). Save it as one of these; renaming it is not enough.",
    ),
    UploadProblem.OLD_FORMAT: Term(
        "“{name}”是旧版Office格式（doc、xls等）。请用Word或WPS另存为docx（xlsx）后再上传。",
        "“{name}” is in an old Office format (doc, xls …). Save it as docx (xlsx) and send that.",
    ),
    UploadProblem.BROKEN: Term(
        "“{name}”已损坏或不完整（{part}），无法打开。请在本机打开确认后重新保存、上传。",
        "“{name}” is damaged or incomplete ({part}) and cannot be opened. Open it on your computer, save it again and send that.",
    ),
    UploadProblem.ENCRYPTED: Term(
        "“{name}”设有打开密码，系统无法读取。请取消密码后再上传。",
        "“{name}” is protected by a password and cannot be read. Remove the password and send it again.",
    ),
    UploadProblem.MACROS: Term(
        "“{name}”含有宏或控件（{part}）。请另存为不含宏的docx后再上传。",
        "“{name}” holds macros or controls ({part}). Save it as a docx without macros and send that.",
    ),
    UploadProblem.TEMPLATE: Term(
        "“{name}”是Word模板，不是文档。请另存为docx后再上传。",
        "“{name}” is a Word template, not a document. Save it as docx and send that.",
    ),
    UploadProblem.TOO_MANY_PARTS: Term(
        "“{name}”内含{parts}个部分，超过上限{limit}。请重新保存或拆分文件。",
        "“{name}” is made of {parts} parts; the limit is {limit}. Save it anew or split it.",
    ),
    UploadProblem.UNPACKS_TOO_LARGE: Term(
        "“{name}”解压后的大小异常（{part}），未予接收。请在本机打开，重新保存后再上传。",
        "“{name}” unpacks to an unreasonable size ({part}) and was not taken in. Open it, save it anew and send that.",
    ),
    UploadProblem.NESTED_ARCHIVE: Term(
        "“{name}”中又包含压缩包（{part}）。请把其中的文件分别上传。",
        "“{name}” holds another archive ({part}). Send the files in it one by one.",
    ),
    UploadProblem.PART_NAMES: Term(
        "“{name}”内部的文件名不正常（{part}），未予接收。请用Word或WPS重新保存后再上传。",
        "“{name}” has irregular names inside ({part}) and was not taken in. Save it anew with Word and send that.",
    ),
    UploadProblem.ENTITIES: Term(
        "“{name}”内含文档类型声明或外部实体（{part}），未予接收。请用Word或WPS重新保存后再上传。",
        "“{name}” declares a document type or entities ({part}) and was not taken in. Save it anew with Word and send that.",
    ),
    UploadProblem.EXTERNAL_PARTS: Term(
        "“{name}”引用了文件之外的内容（{part}）。请在Word中断开链接、把图片嵌入文档后再上传。",
        "“{name}” draws content from outside the file ({part}). Break the links, embed the pictures and send it again.",
    ),
    UploadProblem.ACTIVE_FIELDS: Term(
        "“{name}”含有会读取外部内容的域（{part}）。请在Word中选中该域，按Ctrl+Shift+F9转为普通文字后再上传。",
        "“{name}” has a field that fetches outside content ({part}). Select it in Word, press Ctrl+Shift+F9 and send the file again.",
    ),
    UploadProblem.ACTIVE_PDF: Term(
        "“{name}”含有脚本、自动执行的动作或内嵌文件（{part}）。请重新打印为PDF后再上传。",
        "“{name}” holds scripts, automatic actions or embedded files ({part}). Print it to a new PDF and send that.",
    ),
}

FIELD_WORDS: dict[str, Term] = {
    "abolished_on": Term("废止日期", "date of the abolition"),
    "abstentions": Term("弃权票数", "abstentions"),
    "address": Term("公开网址", "address"),
    "adoption": Term("采用国际文件情况", "adoption of an international document"),
    "adopts_foreign_text": Term("是否采用国外文件", "whether a foreign text is adopted"),
    "amended_on": Term("修改单发布日期", "date of the amendment"),
    "amendment_kind": Term("修改的种类", "kind of amendment"),
    "annex": Term("附录性质（规范性或资料性）", "kind of the annex (normative or informative)"),
    "announced_on": Term("公告日期", "date of the announcement"),
    "announcement_number": Term("公告编号", "number of the announcement"),
    "answer": Term("处理意见", "answer"),
    "applicant": Term("申报单位", "applicant"),
    "approval_words": Term("同意票规定比例", "share of votes in favour that is asked for"),
    "approved": Term("是否达到同意比例", "whether enough votes are in favour"),
    "approved_on": Term("批准日期", "approval date"),
    "ballots": Term("函审单", "ballots"),
    "basis": Term("编写依据", "basis of drafting"),
    "begins_on": Term("起始日期", "first day"),
    "blocks": Term("条文内容", "text of the clause"),
    "capacity": Term("标委会（专家组）职务", "capacity in the committee"),
    "case": Term("项目信息", "facts of the project"),
    "category": Term("规范类别", "category"),
    "ccs": Term("CCS号", "CCS"),
    "chair": Term("主持人", "chair"),
    "changes": Term("修改内容", "changes"),
    "class_line": Term("封面类别", "class line of the cover"),
    "clause": Term("章条编号", "clause number"),
    "clauses": Term("条文", "clauses"),
    "closes_on": Term("截止日期", "closing date"),
    "comment": Term("意见内容", "comment"),
    "comments": Term("意见处理情况", "what became of the comments"),
    "completed_on": Term("本稿完成日期", "completion date of the draft"),
    "completes_on": Term("完成日期", "completion date"),
    "concluded_on": Term("结论日期", "date of the conclusion"),
    "conclusion": Term("审查结论", "conclusion"),
    "consulted": Term("征求意见情况", "consultation"),
    "contact": Term("联系方式", "contact"),
    "copies": Term("份数", "copies"),
    "dated": Term("制表日期", "date of the form"),
    "disagreements": Term("主要分歧", "disagreements"),
    "disposition": Term("处理意见", "disposition"),
    "documents": Term("发布的文件", "documents published"),
    "draft_stage": Term("稿次", "draft stage"),
    "draft_words": Term("稿次", "draft stage"),
    "drafters": Term("主要起草人", "drafters"),
    "drafting_unit": Term("负责起草单位", "drafting unit in charge"),
    "drafting_units": Term("起草单位", "drafting units"),
    "due_on": Term("期限", "due date"),
    "effective_on": Term("实施日期", "effective date"),
    "employer": Term("所在单位", "employer"),
    "enclosures": Term("附件", "enclosures"),
    "ends_on": Term("结束日期", "last day"),
    "entitled": Term("应到人数", "number entitled to vote"),
    "experts": Term("专家名单", "experts"),
    "filename": Term("电子文件", "file"),
    "filing_number": Term("备案号", "filing number"),
    "filled_on": Term("填写日期", "date of the table"),
    "foreword": Term("前言", "foreword"),
    "grounds": Term("理由和依据", "grounds"),
    "group": Term("团体名称", "association"),
    "group_code": Term("团体代号", "code of the association"),
    "handler": Term("承办人", "person in charge"),
    "heading": Term("标题", "heading"),
    "held_on": Term("审查日期", "date of the review"),
    "history": Term("历次版本发布情况", "history of editions"),
    "ics": Term("ICS号", "ICS"),
    "implementation": Term("实施信息", "how the document is applied"),
    "implemented_on": Term("实施日期", "implementation date"),
    "in_favour": Term("论证结论", "whether the appraisal is in favour"),
    "interpreter": Term("负责解释的单位", "interpreter"),
    "introduction": Term("引言", "introduction"),
    "further": Term("前言的其他内容", "other sentences of the foreword"),
    "pictures": Term("图片", "pictures"),
    "partial": Term("是否部分代替", "replaced in part"),
    "is_revision": Term("是否修订", "whether it is a revision"),
    "issued": Term("已发布的文件", "the published document"),
    "issuer": Term("发布机构", "issuer"),
    "itself": Term("文件自称", "what the text calls itself"),
    "kind": Term("文件种类", "kind of document"),
    "label": Term("编号", "number"),
    "lead_drafters": Term("主要起草人", "lead drafters"),
    "lead_units": Term("主要起草单位", "lead drafting units"),
    "lines": Term("清单各项", "lines of the list"),
    "main_changes": Term("与代替文件相比的主要技术变化", "main changes"),
    "meets_on": Term("会议日期", "day of the meeting"),
    "members_only": Term("是否仅征求会员意见", "whether members alone are asked"),
    "mode": Term("审查方式", "mode of the review"),
    "months": Term("起草周期（月）", "months of work"),
    "name": Term("姓名", "name"),
    "necessity": Term("必要性", "necessity"),
    "now": Term("修改为", "what it says now"),
    "number": Term("文件编号", "number of the document"),
    "number_series": Term("编号系列", "series of numbers"),
    "opened_on": Term("开始日期", "first day"),
    "opens_on": Term("开始日期", "first day"),
    "organiser": Term("组织单位", "organiser"),
    "organises_implementation": Term("是否组织实施", "whether the proposer organises implementation"),
    "outcome": Term("审查结果", "outcome"),
    "owner": Term("归口单位", "technical owner"),
    "pages": Term("页数", "pages"),
    "participating_drafters": Term("参加起草人", "participating drafters"),
    "participating_units": Term("参加起草单位", "participating drafting units"),
    "patents": Term("专利信息", "patents"),
    "phone": Term("电话", "telephone"),
    "place": Term("审查地点", "place of the review"),
    "plan_entry": Term("计划编号", "plan entry"),
    "plan_title": Term("计划名称", "title of the plan"),
    "points": Term("修改意见", "points raised"),
    "position": Term("表决", "vote"),
    "present": Term("实到人数", "number present"),
    "process": Term("审查过程", "course of the review"),
    "professional_title": Term("职称", "professional title"),
    "projects": Term("计划项目", "projects of the plan"),
    "proposer": Term("提出单位", "proposer"),
    "published_on": Term("发布日期", "publication date"),
    "publisher": Term("计划下达单位", "publisher of the plan"),
    "purpose": Term("目的、意义", "purpose"),
    "quorum_met": Term("是否达到回函比例", "whether enough ballots came back"),
    "quorum_words": Term("回函规定比例", "share of ballots that is asked for"),
    "reason": Term("理由", "reason"),
    "recommendation": Term("对文件水平和性质的建议", "recommendation"),
    "relation_to_laws": Term("与法律法规和标准的关系", "relation to laws and standards"),
    "relations": Term("与其他文件的关系", "relation to other documents"),
    "replaces": Term("代替文件", "what is replaced"),
    "reviewed": Term("审查情况", "the review"),
    "reviewed_on": Term("审查通过日期", "date of the review"),
    "reviewers": Term("审查专家", "reviewers"),
    "rows": Term("意见", "comments"),
    "scope": Term("适用范围", "scope"),
    "sections": Term("编制说明各部分", "sections of the note"),
    "sha256": Term("SHA-256", "SHA-256"),
    "submitted_by": Term("提出单位", "submitted by"),
    "technical_content": Term("主要技术内容", "technical content"),
    "text": Term("内容", "text"),
    "title": Term("名称（标题）", "title"),
    "title_en": Term("英文名称", "English title"),
    "title_zh": Term("中文名称", "Chinese title"),
    "unit": Term("单位", "unit"),
    "units": Term("起草单位", "drafting units"),
    "units_answered": Term("回函的单位数", "number of units that answered"),
    "units_asked": Term("发送《征求意见稿》的单位数", "number of units asked"),
    "units_commenting": Term("回函并有建议或意见的单位数", "number of units that commented"),
    "units_silent": Term("没有回函的单位数", "number of units that did not answer"),
    "use_instead": Term("替代文件", "document to use instead"),
    "votes_against": Term("不同意票数", "votes against"),
    "votes_for": Term("同意票数", "votes in favour"),
    "was": Term("原文", "what it said"),
    "year": Term("年度", "year"),
}

_STEP = re.compile(r"(?P<name>\w+)(?:\[(?P<place>\d+)\])?")


def field_words(path: str) -> str:
    """A path into a context (`foreword.drafters[2]`) in the words of the current language."""
    steps = []
    for step in _STEP.finditer(path):
        word = str(FIELD_WORDS[step["name"]])
        place = t("第{n}项", " no. {n}", n=step["place"]) if step["place"] else ""
        steps.append(f"{word}{place}")
    return t(" → ", " → ").join(steps)


def sentence(refusal: Refusal) -> str:
    """What a refusal of this ability says to the person who meets it, in the current language.

    Raises KeyError for a refusal that belongs to another part.
    """
    params = dict(refusal.params)
    if refusal.code is DocumentProblem.MISSING_VALUE:
        params = {"paper": labels.paper(Paper(str(params["paper"]))), "field": field_words(str(params["field"]))}
    term = _SENTENCES[refusal.code]
    return t(term.zh, term.en, **params)
