"""The form of an act of the procedure: its fields from the procedure's own table, with sensible proposals."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from standards_wf.errors import Invalid
from standards_wf.services.lifecycle import PerformAction
from standards_wf.web.forms.page import Choices, Field, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow import deadlines
from standards_wf.workflow.fields import FIELDS, FieldRow, FieldsNotUnderstood, FieldType, read_fields
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Action, EarlyReason, Kind, ReviewMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What the proposals of a form rest on."""

    action: Action
    kind: Kind
    today: date
    rules: Rules
    is_revision: bool
    closes_on: date | None
    """When the consultation that runs closes."""
    plan_number: str
    """The next plan number of the year."""
    plans: Choices = ()
    """The plans that an approved project can be added to."""
    asks_for_fast_track: bool = False
    is_in_a_plan: bool = False

    def asks_for(self, name: str) -> bool:
        """Whether the form has use for a field: some are asked for in some cases alone."""
        return {
            "members_only": KINDS[self.kind].may_consult_members_alone,
            "public_interest_untouched": KINDS[self.kind].may_consult_members_alone,
            "plan_id": bool(self.plans),
            "fast_track_granted": self.asks_for_fast_track,
            "announcement": self.action is Action.APPROVE_PROJECT or self.is_in_a_plan,
        }.get(name, True)


def read_act(form: "MultiDict[str, str]", project_id: int, action: Action) -> PerformAction:
    """The act as it was typed. Raises Invalid."""
    reader = Reader(form)
    version = reader.version()
    reader.done()
    names = {row.name for row in FIELDS.get(action, ())}
    try:
        fields = read_fields(action, {name: form[name] for name in names if name in form})
    except FieldsNotUnderstood as unread:
        raise Invalid(unread.problems) from unread
    return PerformAction(
        project_id=project_id, action=action, expected_version=version, note=reader.text("note"), fields=fields
    )


def act_groups(proposals: Proposals, *, needs_note: bool) -> tuple[Group, ...]:
    """The fields of an act, and the note, which is asked for where the procedure wants one."""
    rows = FIELDS.get(proposals.action, ())
    fields = [_field(row, proposals) for row in rows if proposals.asks_for(row.name)]
    fields.append(
        Field(
            name="note",
            input=Input.TEXTAREA,
            label=t("书面理由", "Written reason") if needs_note else t("附言", "Note"),
            required=needs_note,
            hint=t("将写入历史，并告知有关人员。", "It enters the history and is told to the people concerned."),
            rows=4,
        )
    )
    return (Group(fields=tuple(fields)),)


_INPUTS = {
    FieldType.TEXT: Input.TEXT,
    FieldType.DATE: Input.DATE,
    FieldType.INTEGER: Input.NUMBER,
    FieldType.BOOLEAN: Input.CHECKBOX,
    FieldType.REVIEW_MODE: Input.RADIOS,
    FieldType.EARLY_REASON: Input.SELECT,
}


def _field(row: FieldRow, given: Proposals) -> Field:
    value, hint, least = _proposal(row.name, given)
    hint = hint or _hint_at_the_entrance(row.name, given.action)
    choices: Choices = ()
    if row.type is FieldType.REVIEW_MODE:
        choices = (
            (
                ReviewMode.MEETING,
                labels.review_mode(ReviewMode.MEETING),
                t("召开会议，另填会议日期。", "A meeting is held; give its date."),
            ),
            (
                ReviewMode.LETTER,
                labels.review_mode(ReviewMode.LETTER),
                t("以书面表决，不开会。", "By votes in writing, without a meeting."),
            ),
        )
    elif row.type is FieldType.EARLY_REASON:
        choices = tuple((code, labels.early_reason(code)) for code in EarlyReason)
    empty = t("按期复审", "On time") if row.type is FieldType.EARLY_REASON else None
    if row.name == "plan_id":
        choices, empty = given.plans, t("新的计划，或同日公布的计划", "A new plan, or the one of the same day")
    return Field(
        name=row.name,
        empty=empty,
        input=Input.SELECT if row.name == "plan_id" else _INPUTS[row.type],
        label=str(labels.for_kind(labels.field(row.name), given.kind)),
        value=value,
        required=row.required if row.type is not FieldType.BOOLEAN else None,
        hint=hint,
        least=least,
        choices=choices,
        width="medium" if row.type is FieldType.TEXT else "full",
    )


_HINTS: dict[str, Term] = {
    "members_only": Term("仅限不涉及公共利益的团体标准。", "Only for group standards that touch no public interest."),
    "early_reason": Term(
        "复审周期届满前十二个月起为按期；更早的须有法定情形。",
        "On time from twelve months before the cycle ends; earlier it needs one of the lawful reasons.",
    ),
    "use_instead": Term("废止以后改用的文件编号。", "The number of the document to be used from now on."),
}


def _hint_at_the_entrance(name: str, action: Action) -> str:
    """What a field of the acts on suggestions and plans brings about."""
    if name == "announcement" and action is not Action.TERMINATE:
        return ""
    return {
        "plan_id": t("选择已公布的计划即为增补。", "Whoever chooses a plan that was published before supplements it."),
        "announcement": t(
            "项目已列入计划：终止即从计划中撤销，理由随计划公布。",
            "The project is in a plan: ending it takes it out, and the reason is published with the plan.",
        ),
        "fast_track_granted": t(
            "同意后优先办理，其后各环节的期限不变。", "The case is taken first; no later step becomes shorter."
        ),
        "merged_into": t(
            "由另一项目继续办理的，填写其编号；提出人会得知。",
            "Where another case goes on in its stead: its number. Whoever made the suggestion is told.",
        ),
    }.get(name, "")


def _proposal(name: str, given: Proposals) -> tuple[object, str, date | None]:
    """What a field is proposed to hold, why, and the earliest day that it may name."""
    rules, today = given.rules, given.today
    proposal: tuple[object, str, date | None] = ("", "", None)
    match name:
        case "plan_number":
            hint = t(
                "建议使用本年度的下一个编号，也可改为其他编号。",
                "The next number of the year; another one may be given.",
            )
            proposal = given.plan_number, hint, None
        case "completes_on":
            latest = deadlines.latest_completion(today, rules, is_revision=given.is_revision)
            proposal = (
                latest.on,
                t(
                    "自计划公布起最长{limit}。",
                    "At most {limit} after the plan is published.",
                    limit=dates.months(latest.figure or 0),
                ),
                None,
            )
        case "months":
            limit = dates.months(rules.extension_max_months)
            proposal = "", t("最长{limit}。", "At most {limit}.", limit=limit), None
        case "closes_on" if given.action is Action.EXTEND_CONSULTATION and given.closes_on:
            proposal = (
                deadlines.usual_prolongation(given.closes_on),
                t("现在的截止日期是{day}。", "It now closes on {day}.", day=dates.long_date(given.closes_on)),
                deadlines.earliest_prolongation(given.closes_on),
            )
        case "closes_on":
            least = deadlines.earliest_closing(today, rules).on
            proposal = (
                least,
                t(
                    "征求意见不少于{days}。",
                    "A consultation lasts at least {days}.",
                    days=dates.days(rules.consultation_min_days),
                ),
                least,
            )
        case "review_mode":
            proposal = ReviewMode.MEETING, "", None
        case "meets_on":
            days = rules.papers_notice_days
            proposal = (
                deadlines.usual_meeting(today, rules),
                t(
                    "会审填写；材料须提前{days}送达。函审留空。",
                    "For a meeting; the papers must be sent {days} before. Leave it empty for a letter ballot.",
                    days=dates.days(days),
                ),
                today,
            )
        case "plan_published_on" | "filed_on" | "disclosed_on":
            proposal = today, "", None
        case _ if name in _HINTS:
            proposal = "", str(_HINTS[name]), None
        case _:
            pass
    return proposal
