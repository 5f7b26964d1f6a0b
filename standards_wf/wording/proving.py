"""Whether a procedure can be told in both languages, and what is said of the faults that its proof finds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.wording import labels
from standards_wf.wording.bases import basis_of
from standards_wf.wording.language import Language, Term, current, use
from standards_wf.wording.questions import QUESTIONS
from standards_wf.wording.refusals import Book, sentence
from standards_wf.workflow.proof.verdict import Fault
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.rules import RULES
from standards_wf.workflow.stages import stages_of
from standards_wf.workflow.table import TableFault, Transition
from standards_wf.workflow.vocabulary import Kind


class WordFault(StrEnum):
    """What of a procedure cannot be told."""

    NO_WORDS = "no_words"
    QUESTION_WITHOUT_WORDS = "question_without_words"
    RULE_WITHOUT_BASIS = "rule_without_basis"
    BASIS_NOT_EXPLAINED = "basis_not_explained"
    REFUSAL_WITHOUT_SENTENCE = "refusal_without_sentence"


class EffectFault(StrEnum):
    """What an act promises and nobody does."""

    EFFECT_WITHOUT_HANDLER = "effect_without_handler"
    EFFECT_WITHOUT_PAPER = "effect_without_paper"


_AT = "“{stage}”上的“{action}”", 'The act "{action}" at the stage "{stage}"'


def _of_row(zh: str, en: str) -> Term:
    return Term(f"{_AT[0]}{zh}", f"{_AT[1]} {en}")


SENTENCES: Book = {
    TableFault: {
        TableFault.ACTION_TWICE: _of_row("写了两行，去向不唯一。", "stands twice: where it leads is not one place."),
        TableFault.NOBODY_MAY: _of_row("没有写明由谁办理。", "names nobody who may do it."),
        TableFault.STAGE_OF_ANOTHER_KIND: _of_row(
            "用了本类文件没有的阶段“{foreign}”。", 'uses the stage "{foreign}", which this kind does not have.'
        ),
        TableFault.OUT_OF_A_FINAL_STAGE: _of_row("从已办结的阶段引出。", "leads out of a final stage."),
        TableFault.UNKNOWN_GUARD: _of_row("的条件“{guard}”没有登记。", 'asks "{guard}", which no register knows.'),
        TableFault.UNKNOWN_EFFECT: _of_row("的后续处理“{effect}”不存在。", 'promises "{effect}", which is not known.'),
        TableFault.STAGE_NOT_REACHED: Term("没有哪一行通到阶段“{stage}”。", 'No row leads to the stage "{stage}".'),
        TableFault.NO_WAY_OUT: Term("阶段“{stage}”没有出路。", 'No row leads out of the stage "{stage}".'),
    },
    Fault: {
        Fault.NEVER_POSSIBLE: _of_row(
            "永远办不成：条件（{guards}）不会同时满足。", "can never be done: these are never met together: {guards}."
        ),
        Fault.GUARD_NEVER_MET: _of_row(
            "永远办不成：没有任何办理或者事件能满足条件：{guards}。",
            "can never be done: no act or event brings about: {guards}.",
        ),
        Fault.ROLE_HELD_BY_NOBODY: _of_row(
            "写的办理人“{role}”在本类项目中没有人能担任。", 'names the role "{role}", which nobody can hold here.'
        ),
        Fault.ROLE_NEVER_CAN: _of_row(
            "写的办理人“{role}”在任何情形下都办不成。", 'names the role "{role}", which can never do it.'
        ),
        Fault.STUCK: Term(
            "阶段“{stage}”上有{situations}种情形到不了任何办结的阶段。",
            'From {situations:situation|situations} at the stage "{stage}" no final stage can be reached.',
        ),
        Fault.NEVER_ENTERED: Term(
            "没有哪个项目能真正进入阶段“{stage}”。", 'No project can really come to the stage "{stage}".'
        ),
        Fault.NO_ACT_FOR_A_COUNT: Term(
            "阶段“{stage}”：{entitled}人有表决权、{cast}人投票、{votes_for}人赞成时，没有可办理的事项。",
            'At the stage "{stage}", with {votes_for} in favour of {cast} votes of {entitled:voter|voters}, no act is possible.',
        ),
        Fault.ACTS_FOR_ONE_COUNT: Term(
            "阶段“{stage}”：{entitled}人有表决权、{cast}人投票、{votes_for}人赞成时，互相排斥的事项同时可以办理：{actions}。",
            'At the stage "{stage}", with {votes_for} in favour of {cast} votes of {entitled:voter|voters}, acts that '
            "exclude each other are possible: {actions}.",
        ),
    },
    WordFault: {
        WordFault.NO_WORDS: Term("“{code}”缺少中文或者英文名称。", '"{code}" has no name in one of the languages.'),
        WordFault.QUESTION_WITHOUT_WORDS: Term(
            "条件“{guard}”缺少名称、规则或者依据的文字。",
            'The question "{guard}" lacks its name, its rule or its basis.',
        ),
        WordFault.RULE_WITHOUT_BASIS: Term(
            "规则“{rule}”缺少名称或者依据的文字。", 'The rule "{rule}" lacks its name or its basis in words.'
        ),
        WordFault.BASIS_NOT_EXPLAINED: _of_row(
            "的依据“{sign}”没有解释。", 'rests on "{sign}", which is not explained.'
        ),
        WordFault.REFUSAL_WITHOUT_SENTENCE: Term(
            "拒绝理由“{code}”没有中文或者英文的句子。", 'The refusal "{code}" cannot be told in both languages.'
        ),
    },
    EffectFault: {
        EffectFault.EFFECT_WITHOUT_HANDLER: _of_row(
            "的后续处理“{effect}”没有人办。", 'promises "{effect}", which nothing carries out.'
        ),
        EffectFault.EFFECT_WITHOUT_PAPER: _of_row(
            "要生成的材料（{effect}）没有模板。", 'promises "{effect}", a paper that is not made here.'
        ),
    },
}
"""What is said of each fault; read together with the book of the refusals."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many words were looked for, and what is missing."""

    words: int
    faults: tuple[Refusal, ...]


def tell(kind: Kind, rows: Sequence[Transition], refusals: Iterable[Refusal]) -> Told:
    """Say everything that the procedure of a kind can say, in both languages, and note what cannot be said."""
    tried = [
        *_codes(kind, rows),
        *_questions(rows),
        *_rules(kind, rows),
        *_bases(rows),
        *_sentences(kind, refusals),
    ]
    return Told(words=len(tried), faults=tuple(dict.fromkeys(fault for fault in tried if fault is not None)))


def _is_said(find: Callable[[], Term]) -> bool:
    """Whether there is a term, with a word in each language."""
    try:
        term = find()
    except KeyError:
        return False
    return bool(term.zh.strip() and term.en.strip())


def _codes(kind: Kind, rows: Sequence[Transition]) -> Iterable[Refusal | None]:
    codes: dict[StrEnum, None] = {kind: None}
    for stage in stages_of(kind):
        codes |= {stage.stage: None, stage.phase: None}
    for row in rows:
        codes |= dict.fromkeys((row.action, *row.roles, *row.effects))
        if not _is_said(lambda: labels.done(row.action, kind)):  # noqa: B023  asked at once
            yield Refusal(WordFault.NO_WORDS, code=str(row.action))
    for code in codes:
        yield None if _is_said(lambda: labels.label(code, kind)) else Refusal(WordFault.NO_WORDS, code=str(code))  # noqa: B023


def _questions(rows: Sequence[Transition]) -> Iterable[Refusal | None]:
    for name in dict.fromkeys(guard.__name__ for row in rows for guard in row.guards):
        question = QUESTIONS.get(name)
        said = question is not None and all(
            term.zh.strip() and term.en.strip() for term in (question.label, question.rule, question.basis.words)
        )
        yield None if said else Refusal(WordFault.QUESTION_WITHOUT_WORDS, guard=name)


def _rules(kind: Kind, rows: Sequence[Transition]) -> Iterable[Refusal | None]:
    asked = {guard.__name__ for row in rows for guard in row.guards}
    for rule in RULES:
        if rule.guard not in asked or rule.defaults[kind] is None:
            continue
        basis, _ = rule.basis[kind]
        said = _is_said(lambda: labels.rule(rule.name)) and _is_said(lambda: labels.basis(basis))  # noqa: B023
        yield None if said and basis != "-" else Refusal(WordFault.RULE_WITHOUT_BASIS, rule=rule.name)


def _bases(rows: Sequence[Transition]) -> Iterable[Refusal | None]:
    for row in rows:
        said = _is_said(lambda: basis_of(row.basis).words)  # noqa: B023
        yield (
            None
            if said
            else Refusal(WordFault.BASIS_NOT_EXPLAINED, stage=row.source, action=row.action, sign=row.basis)
        )


def _sentences(kind: Kind, refusals: Iterable[Refusal]) -> Iterable[Refusal | None]:
    spoken = current()
    try:
        for refusal in refusals:
            yield (
                None
                if _can_be_told(refusal, kind)
                else Refusal(WordFault.REFUSAL_WITHOUT_SENTENCE, code=str(refusal.code))
            )
    finally:
        use(spoken)


def _can_be_told(refusal: Refusal, kind: Kind) -> bool:
    for language in Language:
        use(language)
        try:
            if not sentence(refusal, kind=kind).strip():
                return False
        except KeyError:
            return False
    return True


def said(fault: Refusal, kind: Kind) -> str:
    """A fault as it is told."""
    return sentence(fault, kind=kind, book=SENTENCES)
