"""A text of forty pages: written, against a template filled and nothing else; read, against python-docx going over it."""

import io
import multiprocessing
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

import docx
from docx.document import Document
from docxtpl import DocxTemplate

from standards_wf.bench.measuring import Pair, side_by_side
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.context import Foreword, StandardBody
from standards_wf.documents.elements import Block, Cell, Paragraph, Role, Section, Table, Text, words_of
from standards_wf.documents.reading import read_tree
from standards_wf.documents.render import TEMPLATES, names_of, render
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import DraftStage, Kind, Paper

_CHAPTERS, _CLAUSES, _PARAGRAPHS = 8, 6, 10
_ROWS, _COLUMNS = 8, 4
_SENTENCE = "试验应在环境温度为15 ℃～35 ℃、相对湿度不大于80 %的条件下进行，测量结果应记录，并由两人复核；"
_PAGE_SIZE = 4096
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TextFigures:
    """What was found: how long it takes, and how many megabytes more it needs while it lasts."""

    writing: Pair
    reading: Pair
    memory: dict[str, float]


def measure_texts(*, pairs: int) -> TextFigures:
    """Write and read the text so many times."""
    context = _context()
    template = _plain_template()
    told = {name: getattr(context, name) for name in names_of(type(context))} | {"lines": _plain_lines(context.clauses)}
    written = render(context.paper, context)

    def ours() -> bytes:
        return render(context.paper, context)

    def filled() -> None:
        plain = DocxTemplate(io.BytesIO(template))
        plain.render(told, autoescape=True)
        plain.save(io.BytesIO())

    def read() -> object:
        return read_tree(written)

    def gone_over() -> int:
        return sum(1 for _ in _everything(docx.Document(io.BytesIO(written))))

    deeds: dict[str, Callable[[], object]] = {
        "render": ours, "docxtpl": filled, "read_tree": read, "python-docx": gone_over,
    }  # fmt: skip
    return TextFigures(
        writing=side_by_side(lambda: ours, lambda: filled, pairs=pairs, watch=process_time),
        reading=side_by_side(lambda: read, lambda: gone_over, pairs=pairs, watch=process_time),
        memory={name: _memory_of(deed) for name, deed in deeds.items()},
    )


def _context() -> StandardBody:
    return StandardBody(
        kind=Kind.LOCAL_STANDARD,
        title_zh="试验方法",
        title_en="Test methods",
        draft_stage=DraftStage.CONSULTATION,
        issuer="示范单位",
        class_line=KINDS[Kind.LOCAL_STANDARD].class_line,
        number_series="DB31/T",
        clauses=tuple(_chapter(number) for number in range(1, _CHAPTERS + 1)),
        completed_on=date(2025, 1, 2),
        ics="03.220.50",
        ccs="V 50",
        foreword=Foreword("示范单位", "示范单位", ("示范单位",), ("演示甲",)),
    )


def _chapter(number: int) -> Section:
    below = tuple(
        Section(ClauseKind.CLAUSE, f"{number}.{place}", "试验条件", tuple(_blocks(number, place)), level=2)
        for place in range(1, _CLAUSES + 1)
    )
    return Section(ClauseKind.CHAPTER, str(number), "试验", (), below)


def _blocks(chapter: int, clause: int) -> Iterator[Block]:
    for place in range(_PARAGRAPHS):
        listed = place % 5 == 1
        role, label = (Role.LIST_LETTER, "a)") if listed else (Role.PARAGRAPH, "")
        yield Paragraph((Text(_SENTENCE * (1 if listed else 2)),), role, label)
    if clause % 2:
        number = (chapter - 1) * _CLAUSES // 2 + clause // 2 + 1
        cell = Cell((Paragraph((Text("±0.5 %"),)),))
        yield Table(((cell,) * _COLUMNS,) * _ROWS, f"表{number}　允许误差", heads=1)


def _plain_template() -> bytes:
    """The template of a standard in which the body is a loop: the same paper with nothing but docxtpl."""
    document = docx.Document(str(TEMPLATES / Paper.STANDARD_BODY / "template.docx"))
    place = next(each for each in document.paragraphs if "body_place" in each.text)
    for words in ("{%p for line in lines %}", "{%p if line.rows %}", "{{ line.text }}"):
        place.insert_paragraph_before(words)
    table = document.add_table(3, 3)
    for row, words in enumerate(("{%tr for row in line.rows %}", "", "{%tr endfor %}")):
        table.cell(row, 0).text = words
    for column, words in enumerate(("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")):
        table.cell(1, column).text = words
    place._p.addprevious(table._tbl)  # noqa: SLF001  python-docx has no word for a table before a paragraph
    for words in ("{%p else %}", "{{ line.text }}", "{%p endif %}"):
        place.insert_paragraph_before(words)
    place.text = "{%p endfor %}"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _plain_lines(sections: tuple[Section, ...]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for top in sections:
        for section in top.all():
            lines.append({"text": f"{section.label}　{section.title}"})
            for block in section.blocks:
                if isinstance(block, Table):
                    lines.append({"text": block.caption, "rows": [["±0.5 %"] * _COLUMNS] * _ROWS})
                else:
                    lines.append({"text": words_of(block.content) if isinstance(block, Paragraph) else ""})
    return lines


def _everything(document: Document) -> Iterator[str]:
    """All that python-docx says of a text: each paragraph with its style, each cell."""
    for paragraph in document.paragraphs:
        yield f"{paragraph.style.name if paragraph.style else ''}{paragraph.text}"
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell.text


def _memory_of(deed: Callable[[], object]) -> float:
    """How many megabytes more a process needs while it does this once."""
    fork = multiprocessing.get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    child = fork.Process(target=_tell_memory, args=(deed, sending))
    child.start()
    told: float = receiving.recv()
    child.join()
    return told


def _tell_memory(deed: Callable[[], object], sending: Connection) -> None:
    before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE_SIZE
    deed()
    sending.send(max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before) / _MEGABYTE)
