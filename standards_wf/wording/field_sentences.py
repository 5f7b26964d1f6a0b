"""The table of sentences for values that are not understood; `refusals.py` says how it is read."""

from collections.abc import Mapping
from typing import Any

from standards_wf.wording.choices import Choice, where
from standards_wf.wording.language import Term
from standards_wf.workflow.fields import FieldProblem


def _not_a_number(params: Mapping[str, Any]) -> Term:
    match params.get("maximum"):
        case None if isinstance(params["given"], int):
            return Term(
                "{given}超出范围；请填写合理的正整数，如12。", "{given} is out of range. Give a number such as 12."
            )
        case None:
            return Term(
                "“{given}”不是整数；请用数字填写，如12。",
                '"{given}" is not a whole number. Write it in figures, like 12.',
            )
        case 1:
            return Term(
                "“{given}”不是比例；请填写0至1之间的分数，如3/4。", '"{given}" is not a share. Write it like 3/4.'
            )
        case _:
            return Term(
                "“{given}”不是0至{maximum}之间的整数；请用数字填写，如12。",
                '"{given}" is not a whole number from 0 to {maximum}. Write it in figures, like 12.',
            )


FIELD_PROBLEMS: dict[FieldProblem, Term | Choice] = {
    FieldProblem.NOT_A_DATE: Term(
        "“{given}”不是日期；请按2025-06-01的形式填写。", '"{given}" is not a date. Write it like 2025-06-01.'
    ),
    FieldProblem.NOT_A_NUMBER: _not_a_number,
    FieldProblem.NOT_A_CHOICE: where(
        "choices",
        Term(
            "“{given}”不在可选范围内；请选择：{choices}。",
            '"{given}" is not one of the choices. Choose from: {choices}.',
        ),
        Term("“{given}”不在可选范围内；请重新选择。", '"{given}" is not one of the choices. Choose again.'),
    ),
    FieldProblem.NOT_A_YES_OR_NO: Term("“{given}”无法理解；请填“1”或者“0”。", '"{given}" is neither yes nor no.'),
    FieldProblem.TOO_LONG: Term(
        "内容过长，最多{maximum}个字符；请缩短。",
        "This is too long; at most {maximum:character|characters}. Shorten it.",
    ),
    FieldProblem.REQUIRED: Term("此项必填；请填写。", "This is required. Fill it in."),
    FieldProblem.ALREADY_TAKEN: where(
        "holder",
        Term("“{given}”已用于：{holder}；请另选一个。", '"{given}" is already taken by: {holder}. Choose another one.'),
        Term("“{given}”已被使用；请另选一个。", '"{given}" is already taken. Choose another one.'),
    ),
    FieldProblem.IN_THE_FUTURE: Term(
        "日期{given}晚于今天（{today}）；请更正。", "{given} lies in the future; today is {today}. Correct the date."
    ),
    FieldProblem.BEFORE_PUBLICATION: Term(
        "日期{given}早于文件的发布日期（{published_on}）；请更正。",
        "{given} is before the document was published on {published_on}. Correct the date.",
    ),
    FieldProblem.BEFORE_REVIEW: Term(
        "日期{given}早于复审开始的日期（{opened_on}）；请更正。",
        "{given} is before the review was begun on {opened_on}. Correct the date.",
    ),
    FieldProblem.NOT_AN_ADDRESS: Term(
        "这不是完整的网址；请从开头的协议名起完整填写。",
        "This must be an address that begins with http:// or https://. Correct it.",
    ),
    FieldProblem.NOT_TEXT: Term(
        "内容含有无法保存的字符；请删除后重新填写。",
        "This holds characters that cannot be kept. Remove them and try again.",
    ),
    FieldProblem.UNKNOWN_FIELD: Term(
        "此事的表单没有这一项；请删除。", "The form of this act has no such field. Leave it out."
    ),
}
