"""The texts of the demonstration as papers: each draft, and the published text with its number and dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from standards_wf.demo.cast import ASSOCIATIONS
from standards_wf.demo.clauses import clauses_of
from standards_wf.demo.texts import DemoForeword, DemoText, load_texts
from standards_wf.documents.context import CalibrationBody, Drafter, Foreword, Replaced, StandardBody
from standards_wf.documents.writing.references import linked
from standards_wf.documents.writing.sections import paragraphs_of, sections_of
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.series import SeriesFacts, series_for
from standards_wf.workflow.vocabulary import DraftStage, Kind, MetrologyCategory, Paper

ISSUER = "上海市市场监督管理局"
_CODES = {name: code for _, name, code in ASSOCIATIONS.values()}
_CODE_OF_OTHERS = "YSTT"
_FROM_APPROVAL_TO_PUBLICATION = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PublishedWith:
    """Number and dates with which a text of the demonstration is published."""

    number: str
    published_on: date
    effective_on: date


def body_of_text(
    text: DemoText,
    stage: DraftStage,
    *,
    completed_on: date,
    published_with: PublishedWith | None = None,
    replaced: Replaced | None = None,
) -> tuple[Paper, StandardBody | CalibrationBody]:
    """The paper that holds a text in this draft stage, and what it says.

    Raises ValueError for a text of which only the application is written.
    """
    if text.foreword is None:
        raise ValueError(f"{text.slug} has no text")
    body = (
        _calibration_body(text, text.foreword, stage, completed_on, published_with, replaced)
        if text.kind is Kind.METROLOGY_SPECIFICATION
        else _standard_body(text, text.foreword, stage, completed_on, published_with, replaced)
    )
    return body.paper, body


def replaced_by(text: DemoText, number: str) -> Replaced | None:
    """The edition that a revision replaces, with the number that it was given; none for a first edition."""
    if not (text.replaces and number):
        return None
    (older,) = (each for each in load_texts() if each.slug == text.replaces)
    return Replaced(number, older.title_zh)


def _series(text: DemoText, foreword: DemoForeword) -> str:
    code = _CODES.get(foreword.proposer, _CODE_OF_OTHERS)
    return series_for(SeriesFacts(kind=text.kind, category=text.category, group_code=code)).series.prefix


def _standard_body(
    text: DemoText,
    foreword: DemoForeword,
    stage: DraftStage,
    completed_on: date,
    published_with: PublishedWith | None,
    replaced: Replaced | None,
) -> StandardBody:
    return StandardBody(
        kind=text.kind,
        title_zh=text.title_zh,
        title_en=text.title_en,
        draft_stage=stage,
        issuer=foreword.proposer if text.kind is Kind.GROUP_STANDARD else ISSUER,
        class_line=KINDS[text.kind].class_line,
        number_series=_series(text, foreword),
        number=published_with.number if published_with else None,
        replaces=(replaced,) if replaced else (),
        introduction=paragraphs_of(text.introduction),
        completed_on=completed_on,
        published_on=published_with.published_on if published_with else None,
        implemented_on=published_with.effective_on if published_with else None,
        ics=text.ics,
        ccs=text.ccs,
        foreword=Foreword(
            proposer=foreword.proposer,
            owner=foreword.committee,
            drafting_units=text.drafting_units,
            drafters=tuple(drafter.name for drafter in foreword.drafters),
            organises_implementation=text.kind is Kind.LOCAL_STANDARD,
            main_changes=text.main_changes if replaced else (),
            history=foreword.history if replaced else (),
        ),
        clauses=linked(sections_of(clauses_of(text))),
    )


def _calibration_body(
    text: DemoText,
    foreword: DemoForeword,
    stage: DraftStage,
    completed_on: date,
    published_with: PublishedWith | None,
    replaced: Replaced | None,
) -> CalibrationBody:
    drafters = tuple(Drafter(drafter.name, drafter.employer) for drafter in foreword.drafters)
    lead_unit = text.drafting_units[0]
    leading = tuple(drafter for drafter in drafters if drafter.employer == lead_unit) or drafters
    approved_on = published_with.published_on - _FROM_APPROVAL_TO_PUBLICATION if published_with else None
    is_regulation = text.category is MetrologyCategory.VERIFICATION_REGULATION
    return CalibrationBody(
        title_zh=text.title_zh,
        title_en=text.title_en,
        draft_stage=stage,
        issuer=ISSUER,
        class_line=KINDS[text.kind].class_line,
        number_series=_series(text, foreword),
        number=published_with.number if published_with else None,
        replaces=(replaced,) if replaced else (),
        introduction=paragraphs_of(text.introduction),
        completed_on=completed_on,
        published_on=published_with.published_on if published_with else None,
        implemented_on=published_with.effective_on if published_with else None,
        owner=foreword.committee,
        lead_units=(lead_unit,),
        participating_units=text.drafting_units[1:],
        interpreter=foreword.committee,
        lead_drafters=leading,
        participating_drafters=tuple(drafter for drafter in drafters if drafter not in leading),
        basis=text.basis,
        main_changes=text.main_changes if replaced else (),
        approved_on=approved_on,
        itself="本规程" if is_regulation else "本规范",
        clauses=linked(sections_of(clauses_of(text))),
    )
