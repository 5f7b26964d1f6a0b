"""The text of a case as its last version has it: its clauses, and what its foreword and introduction told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from standards_wf.documents.blocks import blocks_from_json
from standards_wf.documents.clauses import LIST_ITEM, AnnexKind, Clause, ClauseKind
from standards_wf.models.drafts import DraftClause, DraftVersion
from standards_wf.models.projects import Project
from standards_wf.services.paper_contexts.names import without_marks
from standards_wf.workflow.vocabulary import DraftStage

_BASIS = re.compile(
    r"^本(?:规范|规程)(?:是)?(?:依据|根据|按照|以)(?P<named>.+?)(?:为[^《》、]*|共同[^《》、]*|的规定)?(?:编制|编写|制定)[^《》、]*$"
)
_FIRST_EDITION = re.compile(r"^本(?:文件|规范|规程)为首次(?:发布|制定)")
_REPLACES = re.compile(r"^本(?:文件|规范|规程)代替")
_REPLACED_TITLE = re.compile(r"《(?P<title>[^》]+)》")
_OUTSIDE_TITLES = re.compile(r"[、，](?![^《]*》)")


@dataclass(frozen=True, slots=True)
class TextOfCase:
    """A text, apart: front matter as paragraphs, the rest as clauses."""

    clauses: tuple[Clause, ...] = ()
    foreword: tuple[str, ...] = ()
    introduction: tuple[str, ...] = ()

    @property
    def relations(self) -> tuple[str, ...]:
        """What the foreword says of the document's relation to others: before replacement and patents."""
        said = []
        for line in self.foreword:
            if _REPLACES.match(line) or line.startswith("请注意"):
                break
            if not line.startswith("本文件按照") and line != self.adoption:
                said.append(line)
        return tuple(said)

    @property
    def adoption(self) -> str:
        """The sentence of the foreword on the international document that was adopted."""
        return next((line for line in self.foreword if line.startswith("本文件") and "采用" in line), "")

    @property
    def main_changes(self) -> tuple[str, ...]:
        """The changes that foreword or introduction list against the document replaced."""
        return _listed_after((*self.foreword, *self.introduction), lambda line: bool(_REPLACES.match(line)))

    @property
    def history(self) -> tuple[str, ...]:
        """The editions that the foreword lists."""
        return _listed_after(self.foreword, lambda line: "历次版本发布情况" in line)

    @property
    def replaced_title(self) -> str:
        """The title of the document replaced, as foreword or introduction give it."""
        line = next((line for line in (*self.foreword, *self.introduction) if _REPLACES.match(line)), "")
        found = _REPLACED_TITLE.search(line)
        return found["title"] if found else ""

    @property
    def basis(self) -> tuple[str, ...]:
        """The documents on which the introduction of a specification says that it was drafted."""
        found = next((found for line in self.introduction if (found := _BASIS.match(line))), None)
        return tuple(part.strip() for part in _OUTSIDE_TITLES.split(found["named"])) if found else ()

    @property
    def own_introduction(self) -> tuple[str, ...]:
        """The introduction of a specification without the sentences that its template prints by itself."""
        own, listing = [], False
        for line in self.introduction:
            listing = bool(_REPLACES.match(line)) or (listing and bool(LIST_ITEM.match(line)))
            if not (listing or _BASIS.match(line) or _FIRST_EDITION.match(line)):
                own.append(line)
        return tuple(own)


def _listed_after(lines: Sequence[str], opens: Callable[[str], bool]) -> tuple[str, ...]:
    """The items of the list that follows the line that opens it."""
    for place, line in enumerate(lines):
        if opens(line):
            items = []
            for following in lines[place + 1 :]:
                item = LIST_ITEM.match(following)
                if item is None:
                    break
                items.append(item["text"])
            return without_marks(items)
    return ()


def text_of_case(session: Session, project: Project, stage: DraftStage) -> TextOfCase:
    """The last version of this draft stage, or the last of all where there is none; two queries.

    The text to be published is always made from the last version of all.
    """
    newest = (DraftVersion.number.desc(),)
    of_this_stage = case((DraftVersion.draft_stage == stage, 0), else_=1)
    order = newest if stage is DraftStage.PUBLICATION else (of_this_stage, *newest)
    draft_id = session.scalar(
        select(DraftVersion.id).where(DraftVersion.project_id == project.id).order_by(*order).limit(1)
    )
    rows = session.execute(
        select(DraftClause.kind, DraftClause.label, DraftClause.title, DraftClause.blocks, DraftClause.annex_kind)
        .where(DraftClause.draft_id == draft_id)
        .order_by(DraftClause.position)
    )
    clauses = [
        Clause(ClauseKind(kind), label, title, blocks_from_json(blocks), AnnexKind(annex) if annex else None)
        for kind, label, title, blocks, annex in rows
    ]
    front = (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION)
    return TextOfCase(
        clauses=tuple(clause for clause in clauses if clause.kind not in front),
        foreword=_said_in(clauses, ClauseKind.FOREWORD),
        introduction=_said_in(clauses, ClauseKind.INTRODUCTION),
    )


def _said_in(clauses: Sequence[Clause], kind: ClauseKind) -> tuple[str, ...]:
    return tuple(
        block for clause in clauses if clause.kind is kind for block in clause.blocks if isinstance(block, str)
    )
