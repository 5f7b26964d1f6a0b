"""How a version of a text was read, paragraph by paragraph, for whoever puts it right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from standards_wf.documents.correcting import ReadAs
from standards_wf.documents.elements import Block, Figure, Formula, NotRecognised, Paragraph, Table, Tree, lines_in
from standards_wf.documents.html import label_of, title_of
from standards_wf.documents.tree_json import from_json_text
from standards_wf.errors import NotFound
from standards_wf.services.access import draft_for, entrance_to
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.reading.texts import tree_of
from standards_wf.services.readings import corrections_of
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import DraftStage

PER_PAGE = 100
_LONGEST = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphShown:
    """A paragraph or table of the file, and what it was taken for."""

    at: int
    words: str
    kind: str
    """The kind of a clause, or the role of what stands in one."""
    heading: str = ""
    level: int = 0
    read_as: ReadAs | None = None
    """As what it was put right."""
    is_doubtful: bool = False
    can_change: bool = True


@dataclass(frozen=True, slots=True)
class DoubtShown:
    """What was not recognised, with the page of this list on which it stands, where it has a place."""

    told: NotRecognised
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """A stretch of a version as it was read, and everything in it that was not recognised."""

    head: Head
    number: int
    draft_stage: DraftStage
    rows: tuple[ParagraphShown, ...]
    doubts: tuple[DoubtShown, ...]
    corrected: int
    page: int
    pages: int
    total: int


def reading_page(session: Session, project_id: int, number: int, actor: Actor, page: int) -> ReadingPage:
    """How a version was read, with the same few queries whatever its length. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    draft = draft_for(session, project_id, number, actor)
    stored = tree_of(session, draft.id)
    if not stored:
        raise NotFound("draft", number)
    tree = from_json_text(stored)
    corrections = corrections_of(session, draft.id)
    doubtful = {each.at for each in tree.not_recognised}
    rows = [
        replace(each, read_as=corrections.get(each.at), is_doubtful=each.at in doubtful) for each in _paragraphs(tree)
    ]
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(page, 1), pages)
    return ReadingPage(
        head=head_at(session, entrance, actor),
        number=number,
        draft_stage=draft.draft_stage,
        rows=tuple(rows[(page - 1) * PER_PAGE : page * PER_PAGE]),
        doubts=tuple(DoubtShown(each, _page_of(rows, each.at)) for each in tree.not_recognised),
        corrected=len(corrections),
        page=page,
        pages=pages,
        total=len(rows),
    )


def _page_of(rows: Sequence[ParagraphShown], at: int) -> int:
    before = sum(1 for each in rows if each.at <= at)
    return max(before - 1, 0) // PER_PAGE + 1 if at >= 0 else 0


def _paragraphs(tree: Tree) -> Iterator[ParagraphShown]:
    """What stands in the file, one after another; what one paragraph became stands in one row."""
    rows: dict[int, ParagraphShown] = {}
    for number, row in enumerate(_pieces(tree)):
        known = rows.get(row.at) if row.at >= 0 else None
        place = row.at if row.at >= 0 else -1 - number
        rows[place] = replace(known, words=" ".join(filter(None, (known.words, row.words)))) if known else row
    yield from rows.values()


def _pieces(tree: Tree) -> Iterator[ParagraphShown]:
    yield from (_piece(block, "front") for block in tree.front)
    for section in tree.all():
        heading = " ".join(filter(None, (label_of(section), title_of(section))))
        yield ParagraphShown(at=section.at, words=heading, kind=section.kind, heading=heading, level=section.level)
        yield from (_piece(block) for block in section.blocks)


def _piece(block: Block, kind: str = "") -> ParagraphShown:
    words = " ".join(line for line in lines_in((block,)) if line)
    words = f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
    match block:
        case Table():
            return ParagraphShown(at=block.at, words=words, kind=kind or "table", can_change=False)
        case Figure():
            return ParagraphShown(at=block.at, words=words, kind=kind or "figure", can_change=False)
        case Formula():
            return ParagraphShown(at=block.at, words=words, kind=kind or "formula")
        case Paragraph():
            return ParagraphShown(at=block.at, words=words, kind=kind or block.role, can_change=block.at >= 0)
