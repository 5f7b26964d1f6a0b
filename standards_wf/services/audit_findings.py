"""What the audit can find, and the plain words for it."""

from dataclasses import dataclass
from enum import StrEnum

from standards_wf.wording.language import Term


class Place(StrEnum):
    """Which chain is broken."""

    PROJECT = "project"
    ADMINISTRATION = "administration"
    SEAL = "seal"
    TRIGGER = "trigger"


class AuditProblem(StrEnum):
    """How a row differs from what was written."""

    ALTERED = "altered"
    LINK_BROKEN = "link_broken"
    GAP = "gap"
    INSERTED = "inserted"
    STAGE_JUMPS = "stage_jumps"
    TAIL_REMOVED = "tail_removed"
    TAIL_MISSING = "tail_missing"
    TAIL_ADDED = "tail_added"
    HEAD_OTHER = "head_other"
    STAGE_OTHER = "stage_other"
    VERSION_OTHER = "version_other"
    OTHER_THAN_SEALED = "other_than_sealed"
    CHAIN_GONE = "chain_gone"
    PROJECT_GONE = "project_gone"
    COUNTS_OTHER = "counts_other"
    SEAL_NOT_NAMED = "seal_not_named"
    SEAL_REMOVED = "seal_removed"
    TRIGGER_MISSING = "trigger_missing"


_SENTENCES: dict[AuditProblem, Term] = {
    AuditProblem.ALTERED: Term(
        "{where}第{seq}条的内容与其散列值不符：该条被改动过。",
        "{where}, row {seq}: the content does not match its hash, so the row was altered.",
    ),
    AuditProblem.LINK_BROKEN: Term(
        "{where}第{seq}条与前一条接不上：前一条或本条被换过。",
        "{where}, row {seq}: it does not link to the row before, so one of the two was exchanged.",
    ),
    AuditProblem.GAP: Term(
        "{where}缺少第{seq}至{last}条：被删除。", "{where}: rows {seq} to {last} are missing; they were removed."
    ),
    AuditProblem.INSERTED: Term(
        "{where}第{seq}条是多出来的：被插入。", "{where}, row {seq}: the row is one too many; it was inserted."
    ),
    AuditProblem.STAGE_JUMPS: Term(
        "{where}第{seq}条不是从前一条到达的阶段开始的。",
        "{where}, row {seq}: it does not begin at the stage where the row before ended.",
    ),
    AuditProblem.TAIL_REMOVED: Term(
        "{where}从第{seq}条起的末尾被删除：第{seal}号封存记录有第{last}条。",
        "{where}: the end from row {seq} was removed; seal {seal} remembers row {last}.",
    ),
    AuditProblem.TAIL_MISSING: Term(
        "{where}缺少末尾的第{seq}至{last}条：被删除。",
        "{where}: rows {seq} to {last} at the end are missing; they were removed.",
    ),
    AuditProblem.TAIL_ADDED: Term(
        "{where}第{seq}至{last}条是多出来的：项目本身并不知道它们。",
        "{where}: rows {seq} to {last} were inserted; the project itself does not know them.",
    ),
    AuditProblem.HEAD_OTHER: Term(
        "{where}第{seq}条（末条）与项目所记的不是同一条：被换过。",
        "{where}, row {seq}: the last row is not the one that the project remembers; it was exchanged.",
    ),
    AuditProblem.STAGE_OTHER: Term(
        "{where}：项目的阶段与历史第{seq}条到达的阶段不同：项目被改动过。",
        "{where}: the project does not stand at the stage that row {seq} of its history reached; it was altered.",
    ),
    AuditProblem.VERSION_OTHER: Term(
        "{where}：项目的版本号与其历史不符：项目被改动过。",
        "{where}: the version of the project does not fit its history; it was altered.",
    ),
    AuditProblem.OTHER_THAN_SEALED: Term(
        "{where}第{seq}条与第{seal}号封存所记的不同：该条或更早的一条被重写过。",
        "{where}, row {seq}: it is not what seal {seal} remembers, so this row or an earlier one was rewritten.",
    ),
    AuditProblem.CHAIN_GONE: Term(
        "{where}整个被删除：第{seal}号封存记有{seq}条。",
        "{where}: everything was removed; seal {seal} remembers {seq} rows.",
    ),
    AuditProblem.PROJECT_GONE: Term(
        "{where}的历史仍在，而项目已被删除。", "{where}: the history is there, but the project was removed."
    ),
    AuditProblem.COUNTS_OTHER: Term(
        "第{seq}号封存的计数与其内容不符。", "Seal {seq}: its counts do not fit what it covers."
    ),
    AuditProblem.SEAL_NOT_NAMED: Term(
        "第{seq}号封存没有被管理记录如实记载：是伪造的，或管理记录被改动过。",
        "Seal {seq}: the record of administration does not name it as it is, so one of the two was forged.",
    ),
    AuditProblem.SEAL_REMOVED: Term(
        "第{seq}至{last}号封存被删除：管理记录记载了它们。",
        "Seals {seq} to {last} were removed; the record of administration names them.",
    ),
    AuditProblem.TRIGGER_MISSING: Term(
        "数据库缺少保护触发器{name}：记录可被改动而无人阻止。",
        "The database lacks the trigger {name}, or it is switched off; nothing keeps the record from being changed.",
    ),
}

_PLACES: dict[Place, Term] = {
    Place.PROJECT: Term("项目{chain}的历史", "History of project {chain}"),
    Place.ADMINISTRATION: Term("管理记录", "Record of administration"),
    Place.SEAL: Term("封存", "Seals"),
    Place.TRIGGER: Term("数据库", "Database"),
}


@dataclass(frozen=True, slots=True)
class Break:
    """One row, or one stretch of rows, that is not as it was written."""

    place: Place
    problem: AuditProblem
    chain: int = 0
    seq: int = 0
    last: int = 0
    seal: int = 0
    name: str = ""

    def __str__(self) -> str:
        """The sentence in the current language."""
        where = str(_PLACES[self.place]).format(chain=self.chain)
        return str(_SENTENCES[self.problem]).format(
            where=where, chain=self.chain, seq=self.seq, last=self.last, seal=self.seal, name=self.name
        )
