"""The forms of the application and of its appraisal."""

import re

from standards_wf.services.appraisals import NamedExpert, RecordAppraisal
from standards_wf.services.projects import ChangeParticulars, NamedDrafter
from standards_wf.services.reading.choices import Choice
from standards_wf.services.reading.projects import Particulars
from standards_wf.services.succession import PartlyReplaced
from standards_wf.web.forms.page import Field, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.series import may_be_mandatory
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory

_AFTER_NUMBER = re.compile(r"\s*[;；:：|\t]\s*")
_BETWEEN = re.compile(r"\s*[;；|\t]\s*")


def read_particulars(reader: Reader, project_id: int, *, kind: Kind, may_fix: bool) -> ChangeParticulars:
    """The particulars as typed; what only the keepers of the case may change is read from their form alone."""
    category = None
    if may_fix and KINDS[kind].has_category:
        category = reader.code("category", MetrologyCategory)
    return ChangeParticulars(
        project_id=project_id,
        expected_version=reader.version(),
        title_zh=reader.text("title_zh"),
        title_en=reader.text("title_en"),
        ics=reader.text("ics"),
        ccs=reader.text("ccs"),
        purpose=reader.text("purpose"),
        necessity=reader.text("necessity"),
        scope=reader.text("scope"),
        technical_content=reader.text("technical_content"),
        relation_to_laws=reader.text("relation_to_laws"),
        contact=reader.text("contact"),
        main_changes=reader.text("main_changes"),
        adopts_foreign_text=reader.yes("adopts_foreign_text"),
        proposed_months=reader.number("proposed_months"),
        drafting_units=reader.lines("drafting_units"),
        drafters=tuple(_drafter(line) for line in reader.lines("drafters")),
        category=category,
        framework_node=reader.text("framework_node") if may_fix else None,
        is_revision=reader.yes("is_revision") if may_fix else None,
        is_mandatory=reader.yes("is_mandatory") if may_fix else None,
        part_of=reader.text("part_of") if may_fix else None,
        replaces=reader.text("replaces") if may_fix else None,
        partly_replaces=tuple(_partly(line) for line in reader.lines("partly_replaces")) if may_fix else None,
        committee_id=reader.number("committee_id") if may_fix else None,
    )


def _partly(line: str) -> PartlyReplaced:
    number, clauses, *_ = [*_AFTER_NUMBER.split(line, maxsplit=1), ""]
    return PartlyReplaced(number, clauses)


def _drafter(line: str) -> NamedDrafter:
    name, unit, login, *_ = [*_BETWEEN.split(line), "", "", ""]
    return NamedDrafter(name, unit, login)


def _of_the_number(given: Particulars, kind: Kind) -> tuple[Field, ...]:
    """What the number of the document depends on beside its kind and category."""
    part_of = Field(
        name="part_of",
        value=given.part_of,
        required=False,
        width="medium",
        hint=t(
            "本文件是已有文件的一个新的部分时填写，例如 DB31/T 1234；新的部分沿用其顺序号。",
            "Where it is a new part of a document that exists, such as DB31/T 1234; the new part shares its serial.",
        ),
    )
    if not may_be_mandatory(kind):
        return (part_of,)
    mandatory = Field(
        name="is_mandatory",
        input=Input.CHECKBOX,
        label=t(
            "强制性标准（仅限法律允许的情形，例如污染物排放标准）",
            "Mandatory (only where the law allows it, as for pollutant emission)",
        ),
        value="1" if given.is_mandatory else "",
        required=None,
    )
    return mandatory, part_of


def particulars_groups(
    given: Particulars,
    titles: tuple[str, str],
    kind: Kind,
    category: MetrologyCategory | None,
    *,
    may_fix: bool,
    nodes: tuple[Choice, ...],
    committees: tuple[Choice, ...],
) -> tuple[Group, ...]:
    """The fields of the application, filled with what is known."""
    text = Input.TEXTAREA
    fixed: list[Field] = []
    if may_fix:
        if KINDS[kind].has_category:
            categories = tuple((code.value, labels.category(code)) for code in MetrologyCategory)
            fixed.append(Field(name="category", input=Input.SELECT, value=category or "", choices=categories))
        fixed += [
            Field(
                name="framework_node",
                input=Input.SELECT,
                value=given.framework_node,
                choices=nodes,
                empty=t("请选择", "Choose"),
                width="full",
            ),
            Field(
                name="committee_id",
                input=Input.SELECT,
                label=t("技术委员会", "Committee"),
                value=given.committee_id or "",
                choices=committees,
                empty=t("尚未指定", "None yet"),
                required=False,
                width="full",
            ),
            *_of_the_number(given, kind),
            Field(name="is_revision", input=Input.CHECKBOX, value="1" if given.is_revision else "", required=None),
            Field(
                name="replaces",
                input=Input.TEXTAREA,
                rows=2,
                value="\n".join(each.number for each in given.replacements if not each.partial),
                required=False,
                hint=t(
                    "全部代替的文件，每行一个编号，例如 DB31/T 1234—2020；修订的，原文件写在第一行。"
                    "新文件实施之日，它们随之失效。",
                    "Documents replaced wholly, one number on each line, such as DB31/T 1234—2020; of a revision the "
                    "older edition first. They end on the day on which the new document comes into force.",
                ),
            ),
            Field(
                name="partly_replaces",
                input=Input.TEXTAREA,
                rows=2,
                value="\n".join(
                    "；".join(filter(None, (each.number, each.clauses))) for each in given.replacements if each.partial
                ),
                required=False,
                hint=t(
                    "只代替部分内容的文件，每行：编号；涉及的条款，例如 DB31/T 1235—2019；第5章、附录B。原文件继续有效。",
                    "Documents replaced in part, on each line: number; clauses concerned, such as "
                    "DB31/T 1235—2019; 5, Annex B. They stay in force.",
                ),
            ),
        ]
    units = Field(
        name="drafting_units",
        input=text,
        value="\n".join(given.units),
        rows=4,
        hint=t("每行一个单位，第一个为牵头单位。", "One unit on each line; the first one leads."),
    )
    drafters = Field(
        name="drafters",
        input=text,
        label=t("主要起草人", "Drafters"),
        required=False,
        rows=4,
        value="\n".join("；".join(filter(None, (one.name, one.unit, one.login))) for one in given.drafters),
        hint=t(
            "每行一人：姓名；单位；登录名（可省略）。", "One person on each line: name; unit; login (may be left out)."
        ),
    )
    return (
        Group(
            title=t("名称与分类", "Title and classification"),
            fields=(
                Field(name="title_zh", value=titles[0]),
                Field(name="title_en", value=titles[1]),
                *fixed,
                Field(name="ics", label="ICS", value=given.ics, required=False, width="short"),
                Field(name="ccs", label="CCS", value=given.ccs, required=False, width="short"),
            ),
        ),
        Group(
            title=t("申报内容", "The application"),
            fields=(
                Field(name="purpose", input=text, value=given.purpose),
                Field(name="necessity", input=text, value=given.necessity),
                Field(name="scope", input=text, value=given.scope),
                Field(name="technical_content", input=text, value=given.technical_content, rows=8),
                Field(name="relation_to_laws", input=text, value=given.relation_to_laws),
                Field(
                    name="main_changes",
                    input=text,
                    label=t("与被代替文件相比的主要变化", "Main changes against the document replaced"),
                    value=given.main_changes,
                    required=False,
                ),
                Field(
                    name="adopts_foreign_text",
                    input=Input.CHECKBOX,
                    label=t(
                        "采用国际或国外文件的文本（须附原文和译文）",
                        "Adopts an international or foreign text (attach it with its translation)",
                    ),
                    value="1" if given.adopts_foreign_text else "",
                    required=None,
                ),
            ),
        ),
        Group(
            title=t("起草与进度", "Drafting and time"),
            fields=(
                units,
                drafters,
                Field(name="contact", value=given.contact),
                Field(name="proposed_months", input=Input.NUMBER, value=given.proposed_months or ""),
            ),
        ),
    )


def read_appraisal(reader: Reader, project_id: int) -> RecordAppraisal:
    """The appraisal as typed."""
    held_on = reader.needed_day("held_on")
    in_favour = reader.text("in_favour")
    experts = tuple(_expert(line) for line in reader.lines("experts"))
    return RecordAppraisal(
        project_id=project_id,
        expected_version=reader.version(),
        held_on=held_on,
        place=reader.text("place"),
        points=reader.text("points"),
        in_favour=in_favour == "yes",
        experts=experts,
    )


def _expert(line: str) -> NamedExpert:
    name, unit, title, *_ = [*_BETWEEN.split(line), "", "", ""]
    return NamedExpert(name, unit, title)


def appraisal_groups(today: object) -> tuple[Group, ...]:
    """The fields of the record of an appraisal."""
    return (
        Group(
            fields=(
                Field(name="held_on", input=Input.DATE, label=t("论证日期", "Day of the appraisal"), value=today),
                Field(name="place", label=t("地点", "Place"), required=False, width="medium"),
                Field(
                    name="experts",
                    input=Input.TEXTAREA,
                    label=t("专家", "Experts"),
                    rows=7,
                    hint=t("每行一人：姓名；单位；职称。", "One expert on each line: name; unit; title."),
                ),
                Field(
                    name="in_favour",
                    input=Input.RADIOS,
                    label=t("论证结论", "Conclusion"),
                    choices=(("yes", t("同意立项", "In favour")), ("no", t("不同意立项", "Not in favour"))),
                    value="yes",
                ),
                Field(name="points", input=Input.TEXTAREA, label=t("论证意见", "Points made"), required=False),
            )
        ),
    )
