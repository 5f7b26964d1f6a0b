"""The first checks of a text: a few rules that a right text never breaks, with their ids among the checks of texts.

Each finding says which rule, how grave, in which clause, what is wrong and how to mend it. What was not read as a
text at all is one finding and not a heap of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.reading import ReadClause, ReadDraft
from standards_wf.wording.language import Term
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Kind


class Severity(StrEnum):
    """How grave a finding is: an error stands in the way of the act that needs the check."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the rules ask; `clause` is the number of the clause, empty for the whole text."""

    rule: str
    severity: Severity
    clause: str
    message: Term
    suggestion: Term


def check(read: ReadDraft, kind: Kind) -> tuple[Finding, ...]:
    """Hold a text against the rules of its kind."""
    chapters = [clause for clause in read.clauses if clause.kind is ClauseKind.CHAPTER]
    if not chapters:
        return (
            Finding(
                "GB-A01",
                Severity.ERROR,
                "",
                Term("文件中没有识别出任何一章。", "No chapter was recognised in the file."),
                Term(
                    "章标题请用样式“标准文件_章标题”或“标题 1”，并从“1　范围”开始编号。",
                    "Give the headings of chapters the style 标准文件_章标题 or Heading 1, beginning with “1 范围”.",
                ),
            ),
        )
    rules = _METROLOGY_RULES if KINDS[kind].is_metrology else _STANDARD_RULES
    return tuple(finding for rule in rules for finding in rule(read, chapters))


_Rule = Callable[[ReadDraft, list[ReadClause]], Iterator[Finding]]


def _scope_is_first(rule: str) -> _Rule:
    def scope_is_first(_: ReadDraft, chapters: list[ReadClause]) -> Iterator[Finding]:
        scope = next((each for each in chapters if _words(each.title) == "范围"), None)
        if scope is None:
            yield _missing(rule, "范围")
        elif scope is not chapters[0]:
            yield Finding(
                rule,
                Severity.ERROR,
                scope.label,
                Term("“范围”应为第1章。", "“范围” (scope) must be chapter 1."),
                Term("把“范围”移到正文最前面。", "Move it to the beginning of the body."),
            )

    return scope_is_first


def _chapters_are_continuous(_: ReadDraft, chapters: list[ReadClause]) -> Iterator[Finding]:
    """GB-E01; chapters without a number are left to the check of headings."""
    numbers = [int(each.label) for each in chapters if each.label.isdigit()]
    for expected, (number, before) in enumerate(zip(numbers, [0, *numbers], strict=False), start=1):
        if number != expected:
            yield Finding(
                "GB-E01",
                Severity.ERROR,
                str(number),
                Term(
                    f"章的编号不连续：第{before}章之后是第{number}章。" if before else f"正文从第{number}章开始。",
                    f"Chapters are not continuous: after chapter {before} comes {number}."
                    if before
                    else f"The body begins with chapter {number}.",
                ),
                Term(
                    "核对各章的编号和标题样式。", "Check the numbers of the chapters and the styles of their headings."
                ),
            )
            return


def _has_front(rule: str, word: str, kind: ClauseKind) -> _Rule:
    def has_front(read: ReadDraft, _: list[ReadClause]) -> Iterator[Finding]:
        if not any(clause.kind is kind for clause in read.clauses):
            yield _missing(rule, word)

    return has_front


def _has_chapter(rule: str, *words: str) -> _Rule:
    def has_chapter(_: ReadDraft, chapters: list[ReadClause]) -> Iterator[Finding]:
        titles = {_words(chapter.title) for chapter in chapters}
        if not titles & set(words):
            yield _missing(rule, words[0])

    return has_chapter


def _calibration_chapters(_: ReadDraft, chapters: list[ReadClause]) -> Iterator[Finding]:
    """JJ-J01 for what calls itself a calibration specification; the other categories have chapters of their own."""
    titles = [_words(chapter.title) for chapter in chapters]
    if not any(title.startswith("校准") for title in titles):
        return
    for needed in ("计量特性", "校准条件", "校准项目和校准方法", "校准结果", "复校时间间隔"):
        if not any(needed in title or (needed == "校准项目和校准方法" and "校准方法" in title) for title in titles):
            yield _missing("JJ-J07" if needed == "复校时间间隔" else "JJ-J01", needed)


def _introduction_or_references(read: ReadDraft, chapters: list[ReadClause]) -> Iterator[Finding]:
    """JJ-J01: a specification says on what it rests, in its introduction or in its list of documents."""
    introduced = any(clause.kind is ClauseKind.INTRODUCTION for clause in read.clauses)
    listed = any(_words(chapter.title) in ("引用文件", "规范性引用文件") for chapter in chapters)
    if not introduced and not listed:
        yield _missing("JJ-J01", "引言")


_STANDARD_RULES: tuple[_Rule, ...] = (
    _has_front("GB-C01", "前言", ClauseKind.FOREWORD),
    _scope_is_first("GB-C03"),
    _has_chapter("GB-C04", "规范性引用文件"),
    _chapters_are_continuous,
)
_METROLOGY_RULES: tuple[_Rule, ...] = (
    _introduction_or_references,
    _scope_is_first("JJ-J01"),
    _calibration_chapters,
    _chapters_are_continuous,
)


def _missing(rule: str, word: str) -> Finding:
    return Finding(
        rule,
        Severity.ERROR,
        "",
        Term(f"缺少“{word}”。", f"“{word}” is missing."),
        Term(
            f"补上“{word}”；如已写有，请核对其标题的样式和文字。",
            f"Add “{word}”; if it is there, check the style and the words of its heading.",
        ),
    )


def _words(title: str) -> str:
    return re.sub(r"\s", "", title)
