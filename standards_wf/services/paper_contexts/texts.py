"""The text of a case as its last version has it: its tree, and what its foreword and introduction told."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from standards_wf.documents.blocks import blocks_from_json
from standards_wf.documents.bodies import CoverFacts
from standards_wf.documents.clauses import LIST_ITEM, AnnexKind, Clause, ClauseKind, normal_line
from standards_wf.documents.elements import Block, Cover, Paragraph, Section, Tree, pictures_in, stored_words
from standards_wf.documents.package import Package
from standards_wf.documents.tree_json import from_json_text
from standards_wf.documents.writing.references import linked
from standards_wf.documents.writing.sections import sections_of
from standards_wf.models.drafts import DraftClause, DraftTree, DraftVersion
from standards_wf.models.projects import Project
from standards_wf.services.paper_contexts.names import without_marks
from standards_wf.services.storage import FileStore
from standards_wf.workflow.vocabulary import DraftStage

_BASIS = re.compile(
    r"^本(?:规范|规程)(?:是)?(?:依据|根据|按照|以)(?P<named>.+?)(?:为[^《》、]*|共同[^《》、]*|的规定)?(?:编制|编写|制定)[^《》、]*$"
)
_FIRST_EDITION = re.compile(r"^本(?:文件|规范|规程)为首次(?:发布|制定)")
_REPLACES = re.compile(r"^本(?:文件|规范|规程)代替")
_PRINTED = re.compile(
    r"^本文件(?:按照|为首次(?:发布|制定)|起草单位|主要起草人|由.*(?:提出|归口))|^请注意本文件的某些内容可能涉及专利"
)
"""The sentences that the template of a foreword prints from the particulars of the case."""
_REPLACED_TITLE = re.compile(r"《(?P<title>[^》]+)》")
_OUTSIDE_TITLES = re.compile(r"[、，](?![^《]*》)")


@dataclass(frozen=True, slots=True)
class TextOfCase:
    """A text, apart: the foreword as lines, the introduction as it stands, the rest as a tree."""

    clauses: tuple[Section, ...] = ()
    foreword: tuple[str, ...] = ()
    introduction: tuple[Block, ...] = ()

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
        return _listed_after((*self.foreword, *self._introduced), lambda line: bool(_REPLACES.match(line)))

    @property
    def history(self) -> tuple[str, ...]:
        """The editions that the foreword lists."""
        return _listed_after(self.foreword, lambda line: "历次版本发布情况" in line)

    @property
    def replaced_title(self) -> str:
        """The title of the document replaced, as foreword or introduction give it."""
        line = next((line for line in (*self.foreword, *self._introduced) if _REPLACES.match(line)), "")
        found = _REPLACED_TITLE.search(line)
        return found["title"] if found else ""

    @property
    def basis(self) -> tuple[str, ...]:
        """The documents on which the introduction of a specification says that it was drafted."""
        found = next((found for line in self._introduced if (found := _BASIS.match(line))), None)
        return tuple(part.strip() for part in _OUTSIDE_TITLES.split(found["named"])) if found else ()

    @property
    def further(self) -> tuple[str, ...]:
        """What the foreword says beside everything that its template prints by itself."""
        told = {*self.relations, self.adoption}
        said, listing = [], False
        for line in self.foreword:
            opens = bool(_REPLACES.match(line)) or "历次版本发布情况" in line
            listing = opens or (listing and bool(LIST_ITEM.match(line)))
            if not (listing or line in told or _PRINTED.match(line)):
                said.append(line)
        return tuple(said)

    @property
    def own_introduction(self) -> tuple[Block, ...]:
        """The introduction of a specification without the sentences that its template prints by itself."""
        own, listing = [], False
        for block in self.introduction:
            line = _line(block)
            listing = bool(_REPLACES.match(line)) or (listing and bool(LIST_ITEM.match(line)))
            if not (listing or _BASIS.match(line) or _FIRST_EDITION.match(line)):
                own.append(block)
        return tuple(own)

    @property
    def _introduced(self) -> tuple[str, ...]:
        return tuple(_line(block) for block in self.introduction)


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
    draft = session.execute(_draft_of(project.id, stage)).one_or_none()
    sections = _sections(session, draft.id) if draft is not None else ()
    front = (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION)
    return TextOfCase(
        clauses=linked(tuple(section for section in sections if section.kind not in front)),
        foreword=tuple(filter(None, (_line(block) for block in _said_in(sections, ClauseKind.FOREWORD)))),
        introduction=tuple(_said_in(sections, ClauseKind.INTRODUCTION)),
    )


_Body = TypeVar("_Body", bound=CoverFacts)


def with_pictures(session: Session, store: FileStore, project: Project, stage: DraftStage, body: _Body) -> _Body:
    """A text with the bytes of its pictures, out of the file that was brought; no query where it has none.

    Raises NotFound where the file is no longer what it was.
    """
    whole = (Section(ClauseKind.INTRODUCTION, "", "", body.introduction), *body.clauses)
    wanted = {each.sha256: each for each in pictures_in(Tree(cover=Cover(), sections=whole))}
    draft = session.execute(_draft_of(project.id, stage)).one_or_none() if wanted else None
    if draft is None:
        return body
    package = Package(store.get(draft.docx_sha256))
    contents = {sha256: package.bytes_of(each.part) for sha256, each in wanted.items()}
    return replace(body, pictures={sha256: content for sha256, content in contents.items() if content is not None})


def _draft_of(project_id: int, stage: DraftStage) -> Select[int, str]:
    newest = (DraftVersion.number.desc(),)
    of_this_stage = case((DraftVersion.draft_stage == stage, 0), else_=1)
    order = newest if stage is DraftStage.PUBLICATION else (of_this_stage, *newest)
    drafts = select(DraftVersion.id, DraftVersion.docx_sha256).where(DraftVersion.project_id == project_id)
    return drafts.order_by(*order).limit(1)


def _sections(session: Session, draft_id: int) -> tuple[Section, ...]:
    """The pieces of a version: from its tree, and from its clauses where it was read before trees were kept."""
    content = session.scalar(select(DraftTree.content).where(DraftTree.draft_id == draft_id))
    if content is not None:
        return from_json_text(content).sections
    rows = session.execute(
        select(DraftClause.kind, DraftClause.label, DraftClause.title, DraftClause.blocks, DraftClause.annex_kind)
        .where(DraftClause.draft_id == draft_id)
        .order_by(DraftClause.position)
    )
    clauses = [
        Clause(ClauseKind(kind), label, title, blocks_from_json(blocks), AnnexKind(annex) if annex else None)
        for kind, label, title, blocks, annex in rows
    ]
    return sections_of(clauses)


def _said_in(sections: Sequence[Section], kind: ClauseKind) -> Iterator[Block]:
    for top in sections:
        if top.kind is kind:
            for section in top.all():
                yield from section.blocks


def _line(block: Block) -> str:
    """What a paragraph says with the mark before it; a block of another sort says nothing here."""
    if not isinstance(block, Paragraph):
        return ""
    gap = " " if block.label.endswith(")") else ""
    return normal_line(f"{block.label}{gap}{stored_words(block.content)}")
