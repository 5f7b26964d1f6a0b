"""A text read back from its docx: as a tree of elements, and clause by clause as it is kept.

Whoever wrote it and however its headings were made; what was not understood is told with its place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from standards_wf.documents import clauses, elements
from standards_wf.documents.clauses import AnnexKind, ClauseKind, normal_line, plain_text
from standards_wf.documents.correcting import NONE, CorrectingRecogniser, Corrections
from standards_wf.documents.cover import read_cover
from standards_wf.documents.elements import Doubt, NotRecognised, Section, Tree, stored_words
from standards_wf.documents.inlines import Lines
from standards_wf.documents.package import Package, W, text_of
from standards_wf.documents.paragraphs import Piece, pieces_of
from standards_wf.documents.recognising import Recogniser, styled_level
from standards_wf.documents.typography import normal_marks


@dataclass(frozen=True, slots=True)
class ReadClause:
    """One piece of a text as it is kept; `anchor` is its fixed place on a page."""

    position: int
    label: str
    title: str
    text: str
    level: int
    anchor: str
    kind: ClauseKind
    annex: AnnexKind | None = None
    blocks: tuple[clauses.Block, ...] = ()
    """What it says, so that it can be shown and written again; `text` says the same in plain lines."""


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """What was found in a docx: the tree, and its clauses in reading order."""

    tree: Tree
    clauses: tuple[ReadClause, ...]

    @property
    def title(self) -> str:
        """The title of the text."""
        return self.tree.cover.title

    @property
    def draft_words(self) -> str:
        """The mark of the draft on the cover (征求意见稿 …)."""
        return self.tree.cover.draft_words

    @property
    def not_recognised(self) -> tuple[NotRecognised, ...]:
        """What was seen and not understood."""
        return self.tree.not_recognised


def read_clauses(docx: bytes) -> ReadDraft:
    """Read a text clause by clause.

    Raises Unreadable when the bytes are no docx.
    """
    return draft_of(read_tree(docx))


def draft_of(tree: Tree) -> ReadDraft:
    """A text that was read, with its clauses in the form in which they are kept."""
    return ReadDraft(tree, tuple(_clause(position, each) for position, each in enumerate(tree.all(), start=1)))


def read_tree(docx: bytes, corrections: Corrections = NONE) -> Tree:
    """Read a text as a tree of elements; `corrections` say of single paragraphs what they are.

    Raises Unreadable when the bytes are no docx.
    """
    package = Package(docx)
    lines = Lines(package)
    pieces = tuple(pieces_of(lines))
    styled = any(isinstance(each, Piece) and styled_level(each) == 1 for each in pieces)
    recogniser = CorrectingRecogniser(corrections, styled=styled)
    for piece in pieces:
        recogniser.take(piece)
    sections = recogniser.sections()
    cover = read_cover(recogniser.cover or list(elements.lines_in(recogniser.front)), recogniser.title)
    return Tree(
        cover=cover,
        sections=sections,
        front=tuple(recogniser.front),
        headers=_margins(package, "header"),
        footers=_margins(package, "footer"),
        changes=tuple(lines.changes),
        remarks=tuple(lines.remarks),
        not_recognised=tuple(_doubts(recogniser, lines.doubts)),
    )


def _doubts(recogniser: Recogniser, met: Iterable[NotRecognised]) -> Iterator[NotRecognised]:
    if not recogniser.title:
        yield NotRecognised(Doubt.NO_TITLE)
    if not recogniser.has_chapters:
        yield NotRecognised(Doubt.NO_CHAPTER)
    for doubt in sorted((*recogniser.doubts, *met), key=lambda each: each.at):
        yield replace(doubt, near=recogniser.near(doubt.at))


def _margins(package: Package, kind: str) -> tuple[str, ...]:
    trees = (package.tree(name) for name in package.beside(kind))
    said = (
        text_of(paragraph, boxes=True).strip() for tree in trees if tree is not None for paragraph in tree.iter(f"{W}p")
    )
    return tuple(dict.fromkeys(line for line in said if line))


def _clause(position: int, section: Section) -> ReadClause:
    blocks = tuple(_kept(section.blocks))
    return ReadClause(
        position,
        section.label,
        section.title,
        plain_text(blocks),
        section.level,
        section.anchor,
        section.kind,
        section.annex,
        blocks,
    )


def _kept(blocks: Iterable[elements.Block]) -> Iterator[clauses.Block]:
    """Blocks in the form in which a clause is kept."""
    for block in blocks:
        match block:
            case elements.Table():
                yield clauses.Table(tuple(_rows(block)), block.caption, block.unit)
            case elements.Formula():
                yield clauses.Formula(normal_marks(stored_words(block.content).strip()), block.number)
            case elements.Figure():
                if block.caption:
                    yield block.caption
            case elements.Paragraph():
                if line := normal_line(f"{_label(block)}{stored_words(block.content)}"):
                    yield line


def _label(paragraph: elements.Paragraph) -> str:
    spaced = paragraph.role in (elements.Role.LIST_LETTER, elements.Role.LIST_NUMBER)
    return f"{paragraph.label} " if spaced else paragraph.label


def _rows(table: elements.Table) -> Iterator[tuple[str, ...]]:
    """The rows that say something; a cell that goes on from the row above repeats what stands there."""
    reaching: list[tuple[str, int]] = []
    for row in table.rows:
        cells: list[tuple[str, int]] = []
        waiting = iter(row)
        while True:
            if len(cells) < len(reaching) and reaching[len(cells)][1] > 0:
                said, left = reaching[len(cells)]
                cells.append((said, left - 1))
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            said = " ".join(" ".join(line.split()) for line in elements.lines_in(cell.blocks)).strip()
            said = normal_marks(said)
            cells += [(said, cell.rows - 1), *((("", cell.rows - 1),) * (cell.columns - 1))]
        reaching = cells
        if any(said for said, _ in cells):
            yield tuple(said for said, _ in cells)
