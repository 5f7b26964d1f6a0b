"""The history of a project as rows of a timeline: codes and parameters said in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Language, Term, current, t
from standards_wf.wording.particulars import FIELDS
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.series import SeriesReason
from standards_wf.workflow.vocabulary import (
    Action,
    AmendmentKind,
    CitationOutcome,
    CommentType,
    Conclusion,
    Disposition,
    DraftStage,
    EarlyReason,
    Event,
    FastTrackReason,
    Kind,
    MetrologyCategory,
    Paper,
    PartnerDecision,
    Position,
    Province,
    ReviewMode,
    ReviewOutcome,
    Role,
    Stage,
)

PER_PAGE = 50
_PRINCIPAL = aliased(Person)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event in words."""

    seq: int
    at: datetime
    actor: str
    text: str
    note: str
    kind: str
    hash: str


@dataclass(frozen=True, slots=True)
class History:
    """A page of a project's history, newest first."""

    rows: tuple[HistoryRow, ...]
    total: int
    page: int
    pages: int


def history_of(session: Session, project_id: int, kind: Kind, page: int = 1) -> History:
    """A page of the history; two queries."""
    total = session.scalar(select(func.count()).where(LifecycleEvent.project_id == project_id)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    rows = _rows(session, kind, LifecycleEvent.project_id == project_id, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return History(rows, total, page, pages)


def happened_since(session: Session, project_id: int, kind: Kind, seen: int | None) -> tuple[HistoryRow, ...]:
    """What happened to a project after the version that somebody saw, newest first."""
    return _rows(
        session,
        kind,
        (LifecycleEvent.project_id == project_id) & (LifecycleEvent.seq > (seen or 0)),
        limit=PER_PAGE,
        offset=0,
    )


def _rows(session: Session, kind: Kind, which: object, *, limit: int, offset: int) -> tuple[HistoryRow, ...]:
    found = session.execute(
        select(
            LifecycleEvent.seq,
            LifecycleEvent.at,
            Person.name,
            _PRINCIPAL.name,
            LifecycleEvent.actor_role,
            LifecycleEvent.action,
            LifecycleEvent.from_stage,
            LifecycleEvent.to_stage,
            LifecycleEvent.note,
            LifecycleEvent.params,
            LifecycleEvent.hash,
        )
        .outerjoin(Person, Person.id == LifecycleEvent.actor_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.id == LifecycleEvent.on_behalf_of_id)
        .where(which)  # type: ignore[arg-type]  # a condition on the table above
        .order_by(LifecycleEvent.seq.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(
        HistoryRow(
            seq=seq,
            at=at,
            actor=_actor(acting_for(name, principal), role),
            text=_sentence(kind, action, source, target, json.loads(params)),
            note=note,
            kind=_mark(action, role),
            hash=digest,
        )
        for seq, at, name, principal, role, action, source, target, note, params, digest in found
    )


def _actor(name: str, role: Role) -> str:
    said = str(labels.role(role))
    return f"{name}（{said}）" if name and current() is Language.ZH else f"{name} ({said})" if name else said


def _mark(action: str, role: Role) -> str:
    if action == Event.STAGE_CORRECTED:
        return "correction"
    return "system" if role is Role.SYSTEM else "act"


def _sentence(kind: Kind, action: str, source: Stage | None, target: Stage, params: Mapping[str, object]) -> str:
    code = Action(action) if action in set(Action) else Event(action)
    done = str(labels.done(code, kind))
    said = done[:1].upper() + done[1:]
    if source is not None and source is not target:
        arrow = t("{a} → {b}", "{a} → {b}", a=labels.stage(source, kind), b=labels.stage(target, kind))
        said += t("（{arrow}）", " ({arrow})", arrow=arrow)
    lateness = dates.done_late(params)
    told = {name: value for name, value in params.items() if lateness is None or name not in _OF_THE_CLOCK}
    particulars = t("；", "; ").join(part for part in (lateness, _particulars(kind, code, told)) if part)
    return said + (t("：", ": ") + particulars if particulars else "") + t("。", ".")


_OF_THE_CLOCK = frozenset({"due_on", "late_days"})


_FAMILY: dict[str, type[StrEnum]] = {
    "series_reason": SeriesReason,
    "kind": Kind,
    "category": MetrologyCategory,
    "draft_stage": DraftStage,
    "mode": ReviewMode,
    "outcome": ReviewOutcome,
    "disposition": Disposition,
    "before": Disposition,
    "position": Position,
    "paper": Paper,
    "conclusion": Conclusion,
    "fast_track": FastTrackReason,
    "province": Province,
    "decision": PartnerDecision,
    "type": CommentType,
    "headings": NoteHeading,
    "stage": Stage,
    "early_reason": EarlyReason,
    "citation_outcome": CitationOutcome,
    "ended_by": Stage,
    "amendment_kind": AmendmentKind,
}
_WORDS: dict[str, Term] = {
    "merged_into": Term("并入项目", "merged into case"),
    "merged_into_title": Term("名称", "title"),
    "announcement": Term("公告文号", "announcement"),
    "fast_track": Term("快速立项", "fast track"),
    "justification": Term("书面说明", "justification"),
    "partners": Term("协同方", "partners"),
    "province": Term("协同方", "partner"),
    "authority": Term("主管机关", "authority"),
    "decision": Term("决定", "decision"),
    "decided_on": Term("决定日期", "decided on"),
    "document_number": Term("文号", "paper"),
    "project_name": Term("项目名称", "name"),
    "drafting_unit": Term("牵头起草单位", "leading unit"),
    **FIELDS,
    "kind": Term("种类", "kind"),
    "name": Term("提出人", "by"),
    "organization": Term("单位", "organisation"),
    "held_on": Term("日期", "date"),
    "in_favour": Term("同意立项", "in favour"),
    "experts": Term("专家人数", "experts"),
    "headings": Term("标题", "headings"),
    "number": Term("编号", "number"),
    "draft_stage": Term("文稿阶段", "stage of the text"),
    "clauses": Term("条文数", "clauses"),
    "errors": Term("错误数", "errors"),
    "round": Term("轮次", "round"),
    "draft": Term("文稿版本", "draft"),
    "comment": Term("意见序号", "comment no."),
    "clause": Term("条款", "clause"),
    "type": Term("类型", "type"),
    "before": Term("原为", "before"),
    "disposition": Term("处理意见", "disposition"),
    "reason": Term("理由", "reason"),
    "review": Term("审查次序", "review no."),
    "mode": Term("方式", "form"),
    "outcome": Term("结果", "outcome"),
    "papers_sent_on": Term("送出日期", "sent on"),
    "entitled": Term("有表决权", "entitled"),
    "position": Term("表态", "position"),
    "paper": Term("材料", "paper"),
    "filename": Term("文件", "file"),
    "published_on": Term("发布日期", "published on"),
    "announcement_number": Term("公告号", "announcement"),
    "opened_on": Term("开始", "from"),
    "ends_on": Term("结束", "to"),
    "due_on": Term("期限", "due on"),
    "from_on": Term("中止自", "suspended since"),
    "suspended_days": Term("中止日数", "days of suspension"),
    "act": Term("事项", "act"),
    "stage": Term("更正为", "to the stage"),
    "confirm_by": Term("确认期限", "to be confirmed by"),
    "prepared_by": Term("准备人", "prepared by"),
    "late": Term("逾期", "late"),
    "address": Term("地址", "address"),
    "periodic_review": Term("复审次序", "periodic review no."),
    "voters": Term("名单人数", "persons listed"),
    "cast": Term("已投票", "votes cast"),
    "attending": Term("出席", "attending"),
    "signatures": Term("应签署人数", "signatures needed"),
    "drafters": Term("起草人", "drafters"),
    "title_zh": Term("名称", "title"),
    "ics": Term("ICS", "ICS"),
    "ccs": Term("CCS", "CCS"),
    "main_changes": Term("主要变化", "main changes"),
    "adopts_foreign_text": Term("采用国外文本", "adopts a foreign text"),
    "number_given_up": Term("放弃的编号", "number given up"),
    "free_again": Term("退回系列的号码", "free again"),
    "reserved_because": Term("此号保留的理由", "was reserved because"),
    "series_reason": Term("编号依据", "series"),
    "committee_id": Term("技术委员会", "committee"),
    "successor": Term("代替它的文件", "successor"),
    "successor_title": Term("修订项目", "case of the revision"),
    "ended_on": Term("失效日期", "ended on"),
    "cited_number": Term("引用的文件", "cited document"),
    "citation_outcome": Term("处理结果", "outcome"),
    "ended_by": Term("失效方式", "ended by being"),
    "amendment_kind": Term("类别", "kind"),
    "amendment": Term("编号", "number"),
    "reading_of": Term("更正识别结果的版本", "puts right the reading of version"),
    "changes": Term("修改处数", "places changed"),
}
_CHANGED = frozenset({Event.PARTICULARS_CHANGED, Event.PLAN_ENTRY_ADJUSTED})
"""What tells of each field what it was and what it is now."""
_LONGEST = 120
_LONGEST_CHANGE = 60
_MOST_LISTED = 6


def _particulars(kind: Kind, code: Action | Event, params: Mapping[str, object]) -> str:
    """The parameters of an event; identities and hashes are left to the data interface.

    How somebody voted is shown with the ballot, once it is closed.
    """
    told = []
    for name, value in params.items():
        word = _WORDS.get(name)
        if word is None or value in (None, "", [], False) or (code is Event.VOTE_CAST and name == "position"):
            continue
        if code in _CHANGED and isinstance(value, list):
            told.append(_change(word, name, value, kind))
        elif value is True:
            told.append(_low(word))
        else:
            told.append(t("{word}：{value}", "{word}: {value}", word=_low(word), value=_said(name, value, kind)))
    return t("；", "; ").join(told)


def _change(word: Term, name: str, value: list[object], kind: Kind) -> str:
    """What a field was and what it became; of long texts only that they changed."""
    before, after = (_said(name, each, kind) if each not in (None, "") else "" for each in value)
    if not before and len(after) <= _LONGEST_CHANGE:
        return t("{word}：{after}", "{word}: {after}", word=_low(word), after=after)
    if len(before) + len(after) <= _LONGEST_CHANGE:
        return f"{_low(word)}{t('：', ': ')}{before} → {after or '—'}"
    return _low(word)


def _low(word: Term) -> str:
    return str(labels.mid_sentence(word))


def _said(name: str, value: object, kind: Kind) -> str:
    if isinstance(value, list):
        if len(value) > _MOST_LISTED:
            return t("{n} 项", "{n} in all", n=len(value))
        return t("、", ", ").join(_said(name, item, kind) for item in value)
    text = str(value)
    code = _code(name, text)
    if code is not None:
        return _low(labels.label(code, kind))
    try:
        return dates.long_date(date.fromisoformat(text))
    except ValueError:
        text = text.rstrip("。.")
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _code(name: str, text: str) -> StrEnum | None:
    """The code that a parameter holds, where it holds one."""
    families: tuple[type[StrEnum], ...] = (
        (Action, Event) if name == "act" else (_FAMILY[name],) if name in _FAMILY else ()
    )
    return next((family(text) for family in families if text in set(family)), None)
