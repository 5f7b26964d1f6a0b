"""The sentences of the "no" that series and plan numbers say."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from standards_wf.wording.choices import Choice
from standards_wf.wording.language import Term
from standards_wf.workflow.plan_numbers import PatternProblem


class SeriesProblem(StrEnum):
    """Why a number is not held, released, or its series not changed."""

    NOT_OF_THIS_SERIES = "not_of_this_series"
    BORNE = "number_is_borne"
    PREPARED = "number_is_prepared"
    ALREADY_HELD = "number_already_held"
    NOT_HELD = "number_not_held"
    NEVER_PADDED = "series_never_padded"
    OTHER_SERIES_OF_PROJECT = "other_series_of_project"
    NOT_OF_THIS_ISSUER = "not_of_this_issuer"


_SERIES: dict[SeriesProblem, Term | Choice] = {
    SeriesProblem.NOT_OF_THIS_SERIES: Term(
        "“{given}”不是{series}系列的编号；请参照{example}填写。",
        '"{given}" is not a number of the series {series}. Write it like {example}.',
    ),
    SeriesProblem.BORNE: Term(
        "{given}已由《{title}》使用，编号随文件永久保留。",
        'The document "{title}" bears {given}, and keeps it for good.',
    ),
    SeriesProblem.PREPARED: Term(
        "{given}已为《{title}》拟定；请先在该项目中改用其他编号。",
        'The number {given} is prepared for "{title}". Give that project another number first.',
    ),
    SeriesProblem.ALREADY_HELD: Term(
        "{given}已经保留或已标记为不再使用；请先解除。",
        "The number {given} is already reserved or marked as not to be used. Release it first.",
    ),
    SeriesProblem.NOT_HELD: Term(
        "{given}既未保留，也未标记为不再使用，无须解除。",
        "The number {given} is neither reserved nor marked as not to be used; nothing is left to release.",
    ),
    SeriesProblem.NEVER_PADDED: Term(
        "地方标准的顺序号前不补零；位数只能为1。",
        "The serials of local standards are never filled up with noughts. The number of figures is 1.",
    ),
    SeriesProblem.OTHER_SERIES_OF_PROJECT: Term(
        "该项目的编号系列是{other}，不能使用{series}系列的编号；请核对项目。",
        "That project takes its number from the series {other}, not from {series}. Check the project.",
    ),
    SeriesProblem.NOT_OF_THIS_ISSUER: Term(
        "{given}不是本项目发布机构同类文件的编号；新的部分只能沿用其顺序号，请核对。",
        "The number {given} is not one of the same issuer and kind, whose serial a new part could share. Check it.",
    ),
}

_PATTERNS: dict[PatternProblem, Term | Choice] = {
    PatternProblem.WITHOUT_YEAR: Term(
        "计划编号的格式须写明年份的位置；请参照所示例子填写。",
        "The pattern of plan numbers must say where the year stands. Write it like the example.",
    ),
    PatternProblem.WITHOUT_SERIAL: Term(
        "计划编号的格式须写明顺序号的位置；请参照所示例子填写。",
        "The pattern of plan numbers must say where the serial stands. Write it like the example.",
    ),
    PatternProblem.NOT_UNDERSTOOD: Term(
        "计划编号的格式不能识别；请只用例子中的占位符、半角符号和大写字母。",
        "The pattern of plan numbers is not understood. Use the placeholders of the example, "
        "half-width signs and capital letters alone.",
    ),
    PatternProblem.TOO_LONG: Term(
        "计划编号的格式太长；请缩短。", "The pattern of plan numbers is too long. Shorten it."
    ),
}

PROBLEMS: dict[type[StrEnum], Mapping[Any, Term | Choice]] = {SeriesProblem: _SERIES, PatternProblem: _PATTERNS}
