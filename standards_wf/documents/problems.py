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
    "abstentions": Term("弃权票数", "abstentions"),
    "adoption": Term("采用国际文件情况", "adoption of an international document"),
    "announced_on": Term("公告日期", "date of the announcement"),
    "announcement_number": Term("公告编号", "number of the announcement"),
    "annex": Term("附录性质（规范性或资料性）", "kind of the annex (normative or informative)"),
    "approved_on": Term("批准日期", "approval date"),
    "basis": Term("编写依据", "basis of drafting"),
    "blocks": Term("条文内容", "text of the clause"),
    "capacity": Term("标委会（专家组）职务", "capacity in the committee"),
    "ccs": Term("CCS号", "CCS"),
    "chair": Term("主持人", "chair"),
    "class_line": Term("封面类别", "class line of the cover"),
    "clause": Term("章条编号", "clause number"),
    "clauses": Term("条文", "clauses"),
    "comment": Term("意见内容", "comment"),
    "completed_on": Term("本稿完成日期", "completion date of the draft"),
    "conclusion": Term("审查结论", "conclusion"),
    "disagreements": Term("主要分歧", "disagreements"),
    "disposition": Term("处理意见", "disposition"),
    "documents": Term("发布的文件", "documents published"),
    "draft_stage": Term("稿次", "draft stage"),
    "draft_words": Term("稿次", "draft stage"),
    "drafters": Term("主要起草人", "drafters"),
    "drafting_unit": Term("负责起草单位", "drafting unit in charge"),
    "drafting_units": Term("起草单位", "drafting units"),
    "employer": Term("所在单位", "employer"),
    "entitled": Term("应到人数", "number entitled to vote"),
    "experts": Term("专家名单", "experts"),
    "filled_on": Term("填写日期", "date of the table"),
    "foreword": Term("前言", "foreword"),
    "handler": Term("承办人", "person in charge"),
    "heading": Term("标题", "heading"),
    "held_on": Term("审查日期", "date of the review"),
    "history": Term("历次版本发布情况", "history of editions"),
    "ics": Term("ICS号", "ICS"),
    "implemented_on": Term("实施日期", "implementation date"),
    "interpreter": Term("负责解释的单位", "interpreter"),
    "introduction": Term("引言", "introduction"),
    "issuer": Term("发布机构", "issuer"),
    "itself": Term("文件自称", "what the text calls itself"),
    "kind": Term("文件种类", "kind of document"),
    "label": Term("编号", "number"),
    "lead_drafters": Term("主要起草人", "lead drafters"),
    "lead_units": Term("主要起草单位", "lead drafting units"),
    "main_changes": Term("与代替文件相比的主要技术变化", "main changes"),
    "mode": Term("审查方式", "mode of the review"),
    "name": Term("姓名", "name"),
    "number": Term("文件编号", "number of the document"),
    "number_series": Term("编号系列", "series of numbers"),
    "organiser": Term("组织单位", "organiser"),
    "organises_implementation": Term("是否组织实施", "whether the proposer organises implementation"),
    "outcome": Term("审查结果", "outcome"),
    "owner": Term("归口单位", "technical owner"),
    "participating_drafters": Term("参加起草人", "participating drafters"),
    "participating_units": Term("参加起草单位", "participating drafting units"),
    "phone": Term("电话", "telephone"),
    "place": Term("审查地点", "place of the review"),
    "plan_entry": Term("计划编号", "plan entry"),
    "points": Term("修改意见", "points raised"),
    "present": Term("实到人数", "number present"),
    "process": Term("审查过程", "course of the review"),
    "professional_title": Term("职称", "professional title"),
    "proposer": Term("提出单位", "proposer"),
    "published_on": Term("发布日期", "publication date"),
    "reason": Term("理由", "reason"),
    "recommendation": Term("对文件水平和性质的建议", "recommendation"),
    "relations": Term("与其他文件的关系", "relation to other documents"),
    "replaces": Term("代替文件", "what is replaced"),
    "rows": Term("意见", "comments"),
    "sections": Term("编制说明各部分", "sections of the note"),
    "submitted_by": Term("提出单位", "submitted by"),
    "text": Term("内容", "text"),
    "title": Term("名称（标题）", "title"),
    "title_en": Term("英文名称", "English title"),
    "title_zh": Term("中文名称", "Chinese title"),
    "unit": Term("单位", "unit"),
    "units_answered": Term("回函的单位数", "number of units that answered"),
    "units_asked": Term("发送《征求意见稿》的单位数", "number of units asked"),
    "units_commenting": Term("回函并有建议或意见的单位数", "number of units that commented"),
    "units_silent": Term("没有回函的单位数", "number of units that did not answer"),
    "votes_against": Term("不同意票数", "votes against"),
    "votes_for": Term("同意票数", "votes in favour"),
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
