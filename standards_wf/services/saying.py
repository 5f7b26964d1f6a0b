"""Saying a refusal to the person who meets it: the one book that pages, API and command line read from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from standards_wf.documents import problems as documents
from standards_wf.errors import Forbidden, Invalid, NotFound, StandardsError, TransitionRefused, Unavailable
from standards_wf.services import (
    deputy_problems,
    entrance_problems,
    people_problems,
    problems,
    suspension_problems,
    two_person_problems,
)
from standards_wf.wording.language import Term, t
from standards_wf.wording.refusals import Book, sentence
from standards_wf.workflow.numbers import NumberProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Kind

_NUMBERS: dict[NumberProblem, Term] = {
    NumberProblem.EMPTY: Term("请填写文件编号。", "Give the document number."),
    NumberProblem.TOO_LONG: Term(
        "“{text}”太长，不是文件编号；请只填写编号。",
        '"{text}" is too long for a document number. Give the number alone.',
    ),
    NumberProblem.UNKNOWN_FAMILY: Term(
        "“{text}”不属于已知的编号系列；请核对开头的代号，参照 DB31/T 1234—2025 填写。",
        '"{text}" is not of a known family of numbers. Check its prefix; a number is written like DB31/T 1234—2025.',
    ),
    NumberProblem.UNKNOWN_PROVINCE: Term(
        "“{text}”中的地区代号无法识别；请核对。", 'The province in "{text}" is not known. Check it.'
    ),
    NumberProblem.NO_SERIAL: Term(
        "“{text}”缺少顺序号；请参照 DB31/T 1234—2025 填写。",
        'The serial number of "{text}" is missing. Write the number like DB31/T 1234—2025.',
    ),
    NumberProblem.BAD_SERIAL: Term(
        "“{text}”中的顺序号不对；请核对。", 'The serial number of "{text}" is not right. Check it.'
    ),
    NumberProblem.BAD_YEAR: Term(
        "“{text}”中的年份不对；年份为四位数字。", 'The year of "{text}" is not right. It has four digits.'
    ),
    NumberProblem.SOMETHING_FOLLOWS: Term(
        "“{text}”在编号之后还有其他文字；请只填写编号。",
        'Something follows the number in "{text}". Give the number alone.',
    ),
}

BOOK: Book = {
    **problems.SENTENCES,
    **people_problems.SENTENCES,
    **deputy_problems.SENTENCES,
    **two_person_problems.SENTENCES,
    **suspension_problems.SENTENCES,
    **entrance_problems.SENTENCES,
    NumberProblem: _NUMBERS,
}
_OF_DOCUMENTS: tuple[type[StrEnum], ...] = (documents.DocumentProblem, documents.UploadProblem)


def say(refusal: Refusal, kind: Kind | None = None) -> str:
    """A refusal in the current language, in the words of the kind where it has its own."""
    if isinstance(refusal.code, _OF_DOCUMENTS):
        return documents.sentence(refusal)
    return sentence(refusal, kind=kind, book=BOOK)


def say_fields(invalid: Invalid, kind: Kind | None = None) -> dict[str, str]:
    """What is wrong with each field."""
    return {name: say(reason, kind) for name, reason in invalid.fields.items()}


def is_not_theirs(refused: TransitionRefused) -> bool:
    """Whether the act is somebody else's, whatever else stands against it; a page or program then says "forbidden"."""
    return any(each.code is RefusalCode.ROLE_REQUIRED for each in refused.refusals)


@contextmanager
def speaking_of(kind: Kind) -> Iterator[None]:
    """Let whatever is refused meanwhile be said in the words of this kind, wherever it is said."""
    try:
        yield
    except StandardsError as refused:
        refused.kind = kind
        raise


_THINGS: Mapping[str, Term] = {
    "project": Term("项目", "project"),
    "draft": Term("文稿", "draft"),
    "consultation": Term("征求意见", "consultation"),
    "comment": Term("意见", "comment"),
    "ballot": Term("表决", "ballot"),
    "paper": Term("材料", "paper"),
    "document": Term("文件", "document"),
    "committee": Term("技术委员会", "committee"),
    "person": Term("人员", "person"),
    "prepared_act": Term("准备的事项", "prepared act"),
    "deputyship": Term("代理", "deputyship"),
    "organization": Term("单位", "organisation"),
    "file": Term("文件", "file"),
    "series": Term("编号系列", "series"),
}


def reasons_of(error: StandardsError, kind: Kind | None = None) -> tuple[str, ...]:
    """Every sentence that an error of ours has to say; an error without particulars says what sort it is."""
    kind = kind or error.kind
    match error:
        case TransitionRefused():
            return tuple(say(refusal, kind) for refusal in error.refusals)
        case Invalid():
            return tuple(say_fields(error, kind).values())
        case Forbidden():
            return (say(error.reason, kind),)
        case NotFound():
            thing: Any = _THINGS.get(error.what, Term("内容", "thing"))
            return (t("没有找到所指的{thing}。", "There is no such {thing}.", thing=thing),)
        case Unavailable():
            return (t("系统暂时不能答复；请稍后再试。", "The system cannot answer just now. Try again in a while."),)
        case _:
            return (
                t(
                    "在您查看之后，有人作了改动；请查看最新情况。",
                    "Somebody acted since you looked. See where things stand now.",
                ),
            )
