"""The words of a message: a subject and a plain text, Chinese first and English below."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from standards_wf.wording import labels
from standards_wf.wording.dates import done_late, long_date
from standards_wf.wording.language import Language, Term, current, t, use
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage

LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message tells: what happened to which case, by whom, and where it stands since."""

    project_id: int
    kind: Kind
    title_zh: str
    title_en: str
    happened: Action | Event
    on_day: date
    by: str
    """The name of whoever did it; empty for the clock."""
    on_behalf_of: str = ""
    """For whom a deputy did it."""
    role: Role
    stage: Stage
    note: str
    params: Mapping[str, object] = field(default_factory=dict)
    """What the history keeps of it."""
    address: str
    """Where the case can be seen."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message on its way to one person; the same message has the same identity, however often it is sent."""

    identity: str
    to_name: str
    to_address: str
    subject: str
    text: str


def subject_of(told: Told) -> str:
    """One line: which case, and what happened."""
    return subject_line(told.title_zh, labels.done(told.happened, told.kind).zh)


def subject_line(title: str, words: str) -> str:
    """A title, shortened where it is long, and what is said of it, on one line."""
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
    return " ".join(f"《{short}》{words}".split())


def mail_of(told: Told, *, identity: str, to_name: str, to_address: str) -> Mail:
    """The mail for one person."""
    return Mail(identity, to_name, to_address, subject_of(told), in_both_languages(lambda: _paragraphs(told, to_name)))


def _paragraphs(told: Told, name: str) -> tuple[str, ...]:
    """The message in the current language."""
    happened: Term = labels.done(told.happened, told.kind)
    english_title = told.title_en or told.title_zh
    by = acting_for(told.by, told.on_behalf_of) or t("系统", "The system")
    role = labels.role(told.role)
    paragraphs = [
        t("{name}，您好：", "Dear {name},", name=name),
        t(
            "{day}，{by}（{role}）对{kind}《{title}》完成了以下事项：{happened}。",
            "On {day}, {by} ({role_en}) {happened}: {kind_en} “{english_title}”.",
            day=long_date(told.on_day),
            by=by,
            role=role.zh,
            role_en=labels.mid_sentence(role).en,
            kind=labels.kind(told.kind).zh,
            kind_en=labels.mid_sentence(labels.kind(told.kind)).en,
            title=told.title_zh,
            english_title=english_title,
            happened=happened,
        ),
    ]
    late = done_late(told.params)
    if late:
        paragraphs.append(t("{late}。", "It was {late}.", late=late))
    if told.note:
        paragraphs.append(t("说明：{note}", "Note: {note}", note=told.note))
    paragraphs.append(
        t("项目目前所处阶段：{stage}。", "The case now stands at: {stage}.", stage=labels.stage(told.stage, told.kind))
    )
    paragraphs.append(t("详情：{address}", "See: {address}", address=told.address))
    return tuple(paragraphs)


def in_both_languages(speak: Callable[[], tuple[str, ...]]) -> str:
    """The paragraphs of a message, Chinese first and English below."""
    return "\n\n".join((*_in(Language.ZH, speak), "----------", *_in(Language.EN, speak))) + "\n"


def _in(language: Language, speak: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    with spoken(language):
        return speak()


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak a language inside the `with` block, and go back to the one before."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)
