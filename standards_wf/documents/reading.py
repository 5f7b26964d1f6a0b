"""A text read back from its docx: clause by clause, whoever wrote it and however the headings were made.

1. Headings are found by the styles of the field (标准文件_章标题 …), by outline level and Word's own heading styles,
   by automatic numbers and by typed numbers; a plain typed number counts only where it continues the series.
2. Until the first heading stands the cover; it gives the title and the mark of the draft.
3. Whatever stands between two headings is the text of the first, tables row by row.
4. What looked like a heading and did not fit, and what cannot be read as text, is told in `not_recognised`.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from standards_wf.documents.blocks import take_paragraph, take_table
from standards_wf.documents.clauses import AnnexKind, Block, ClauseKind, Table, normal_line, plain_text
from standards_wf.documents.package import Package
from standards_wf.documents.paragraphs import Paragraph, TableText, paragraphs_of


@dataclass(frozen=True, slots=True)
class ReadClause:
    """One piece of a text as it was read; `anchor` is its fixed place on a page."""

    position: int
    label: str
    title: str
    text: str
    level: int
    anchor: str
    kind: ClauseKind
    annex: AnnexKind | None = None
    blocks: tuple[Block, ...] = ()
    """What it says, so that it can be shown and written again; `text` says the same in plain lines."""


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """What was found in a docx, and what was not understood."""

    title: str
    draft_words: str
    clauses: tuple[ReadClause, ...]
    not_recognised: tuple[str, ...]


@dataclass
class _Open:
    """A clause whose text is still being gathered."""

    kind: ClauseKind
    label: str
    title: str
    level: int
    annex: AnnexKind | None = None
    blocks: list[Block] = field(default_factory=list)


_FRONT = {"前言": ClauseKind.FOREWORD, "引言": ClauseKind.INTRODUCTION}
_BACK = {"参考文献": ClauseKind.BIBLIOGRAPHY, "索引": ClauseKind.INDEX}
_CONTENTS_HEADING = ("目次", "目录")
_CONTENTS_STYLE = re.compile(r"^(?:toc|目录|目次)\s*\d$|^table of figures$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"(?:\t|[.．…·]{2,}|\s{2,})\s*[\divxIVX]+\s*$")
_DRAFT_WORDS = re.compile(r"工作组讨论稿|送审讨论稿|讨论稿|征求意见稿|送审稿|报审稿|报批稿")
_TITLE_STYLE = re.compile(r"^(?:标准文件_文件名称|封面标准名称|标准文件_正文标准名称|title)$", re.IGNORECASE)
_BODY_TITLE_STYLE = "标准文件_正文标准名称"
_NUMERALS = "一二三四五"
_CLAUSE_STYLE = re.compile(rf"^标准文件_(?:附录)?(?P<level>[{_NUMERALS}])级(?P<sort>条标题|无标题)")
_LABEL = re.compile(
    r"^(?P<label>[A-Z](?:[.．]\d{1,3}){1,5}|\d{1,2}(?:[.．]\d{1,3}){0,5})(?![\d.．%])(?P<gap>[\s　]*)(?P<rest>.*)$",
    re.DOTALL,
)
_ANNEX = re.compile(r"^附[\s　]*录[\s　]*(?P<label>[A-Z])(?![A-Za-z0-9.．中的给])(?P<rest>.*)$", re.DOTALL)
_ANNEX_KIND = re.compile(r"^[（(]?\s*(?P<kind>规范性|资料性)(?:附录)?\s*[)）]?")
_SENTENCE = re.compile(r"[。；;：:，,]$")
_REFERRING = re.compile(r"[\x00-\x7f的中和与及至到或、，～—所规给之内外条章]")
"""What follows a number that only refers to a clause: 3.2的规定, 5.1和5.2, 2.5kg."""

_SHORTEST_TITLE = 4
_LONGEST_TITLE = 60
_KINDS = {"规范性": AnnexKind.NORMATIVE, "资料性": AnnexKind.INFORMATIVE}


def read_clauses(docx: bytes) -> ReadDraft:
    """Read a text clause by clause.

    Raises Unreadable when the bytes are no docx.
    """
    blocks = tuple(paragraphs_of(Package(docx)))
    reader = _Reader(styled=any(isinstance(block, Paragraph) and _styled_level(block) == 1 for block in blocks))
    for block in blocks:
        reader.take(block)
    return reader.draft()


class _Reader:
    """Takes the blocks one by one and keeps the clauses found so far."""

    def __init__(self, *, styled: bool) -> None:
        self._styled = styled
        self._clauses: list[_Open] = []
        self._cover: list[Paragraph] = []
        self._unsure: list[str] = []
        self._title = ""
        self._in_contents = False
        self._awaits_title = False

    def take(self, block: Paragraph | TableText) -> None:
        """Take the next block of the document."""
        if isinstance(block, TableText):
            self._awaits_title = False
            if self._clauses:
                take_table(self._clauses[-1].blocks, block.rows)
            elif block.rows:
                self._cover += [Paragraph(row) for row in plain_text((Table(block.rows),)).split("\n")]
            return
        text = block.text.strip()
        if block.pictured and not text and self._clauses:
            self._unsure.append(f"图（{self._here()}）")
        if (not text and not block.label) or self._skips(block, text):
            return
        if not (self._section(text) or self._annex(block, text) or self._numbered(block, text)):
            self._plain(block, text)

    def draft(self) -> ReadDraft:
        """What was read, when the last block has been taken."""
        cover = [paragraph.text.strip() for paragraph in self._cover]
        marks = [found[0] for line in cover if (found := _DRAFT_WORDS.search(line))]
        title = self._title or next(
            (line for line in cover if len(line) >= _SHORTEST_TITLE and line in self._repeated_lines()), ""
        )
        if not title:
            self._unsure.append("文件名称")
        if not any(each.kind is ClauseKind.CHAPTER for each in self._clauses):
            self._unsure.append("章")
        return ReadDraft(
            " ".join(title.split("\n")), marks[0] if marks else "", self._settled(title), tuple(self._unsure)
        )

    def _repeated_lines(self) -> set[str]:
        """The last line before the first chapter: where the title is repeated on the first page of the body."""
        for earlier, later in zip(self._clauses, self._clauses[1:], strict=False):
            if later.kind is ClauseKind.CHAPTER:
                return {block for block in earlier.blocks[-1:] if isinstance(block, str)}
        return {paragraph.text.strip() for paragraph in self._cover[-1:]}

    def _settled(self, title: str) -> tuple[ReadClause, ...]:
        taken: dict[str, int] = {}
        settled = []
        for position, each in enumerate(self._clauses, start=1):
            if each.kind in _FRONT.values() and title and each.blocks[-1:] == [title]:
                each.blocks.pop()
            anchor = _anchor(each, position)
            taken[anchor] = taken.get(anchor, 0) + 1
            if taken[anchor] > 1:
                anchor = f"{anchor}-{taken[anchor]}"
            text, blocks = plain_text(each.blocks), tuple(each.blocks)
            settled.append(
                ReadClause(position, each.label, each.title, text, each.level, anchor, each.kind, each.annex, blocks)
            )
        return tuple(settled)

    def _skips(self, block: Paragraph, text: str) -> bool:
        """Whether the block belongs to the contents."""
        if _CONTENTS_STYLE.match(block.style):
            return True
        if _folded(text) in _CONTENTS_HEADING:
            self._in_contents = True
            return True
        return self._in_contents and bool(_CONTENTS_LINE.search(block.text))

    def _section(self, text: str) -> bool:
        """前言, 引言, 参考文献 and 索引: headings that are known by their words."""
        word = _folded(text)
        kind = _FRONT.get(word) if not self._has_chapters() else _BACK.get(word)
        if kind is None:
            return False
        self._open(_Open(kind, "", word, 1))
        return True

    def _annex(self, block: Paragraph, text: str) -> bool:
        found = _ANNEX.match(text)
        automatic = _ANNEX.match(block.label)
        if not self._has_chapters() or (found is None and automatic is None):
            return False
        rest = text if automatic else found["rest"] if found else ""
        if not automatic and len(rest) > _LONGEST_TITLE:
            return False
        if not automatic and _SENTENCE.search(rest):
            return False
        label = (automatic or found)["label"]  # type: ignore[index]
        self._open(_Open(ClauseKind.ANNEX, label, "", 1))
        self._awaits_title = True
        for part in rest.split("\n"):
            if part.strip():
                self._complete(part.strip())
        return True

    def _complete(self, text: str) -> None:
        """Fill in the kind or the title of an annex, or the title of a term, whose heading goes on in the next line."""
        clause = self._clauses[-1]
        if clause.kind is ClauseKind.ANNEX and clause.annex is None and (found := _ANNEX_KIND.match(text)):
            clause.annex = _KINDS[found["kind"]]
            text = text[found.end() :].strip()
        if text:
            clause.title = text
            self._awaits_title = False

    def _numbered(self, block: Paragraph, text: str) -> bool:
        """Chapters, clauses and terms, by style or by number."""
        level = _styled_level(block)
        found = _LABEL.match(block.label) or _LABEL.match(unicodedata.normalize("NFKC", text[:24]) + text[24:])
        automatic = bool(_LABEL.match(block.label))
        if found is None:
            if level is None or not text:
                return False
            self._open(_Open(_kind_of("", level), "", text, level))
            return True
        label = found["label"].replace("．", ".")
        rest = text if automatic else text[len(found["label"]) :].strip()
        if level is None and not self._fits(label, rest, gap=automatic or bool(found["gap"])):
            return False
        self._open_numbered(block, label, rest)
        return True

    def _open_numbered(self, block: Paragraph, label: str, rest: str) -> None:
        level = label.count(".") + 1
        sort = _CLAUSE_STYLE.match(block.style)
        is_term = self._in_terms() and level > 1 and (not rest or "术语条" in block.style or sort is None)
        untitled = (sort is not None and sort["sort"] == "无标题") or (
            not is_term and (len(rest) > _LONGEST_TITLE or bool(_SENTENCE.search(rest)))
        )
        kind = ClauseKind.TERM if is_term else _kind_of(label, level)
        clause = _Open(kind, label, "" if untitled else rest, level)
        if untitled and rest:
            clause.blocks.append(normal_line(rest))
        if is_term and "\n" in rest:
            clause.title, *more = rest.split("\n")
            clause.blocks += [normal_line(each) for each in more if each.strip()]
        self._open(clause)
        self._awaits_title = is_term and not clause.title

    def _fits(self, label: str, rest: str, *, gap: bool) -> bool:
        """Whether a number without a heading style continues the series: the next sibling or the first child."""
        is_chapter = "." not in label
        if is_chapter and (self._styled or not rest or len(rest) > _LONGEST_TITLE or _SENTENCE.search(rest)):
            return False
        if not gap and _REFERRING.match(rest):
            return False
        if label in self._next_labels():
            return True
        if gap and not is_chapter and self._has_chapters() and not self._in_references():
            self._unsure.append(f"{label} {rest[:24]}".strip())
        return False

    def _next_labels(self) -> set[str]:
        """The numbers that may come next."""
        last = next((each.label for each in reversed(self._clauses) if each.label), "")
        steps = last.split(".") if last else []
        following = {f"{last}.1"} if last else {"1"}
        for depth in range(len(steps)):
            if steps[depth].isdigit():
                following.add(".".join([*steps[:depth], str(int(steps[depth]) + 1)]))
        return following

    def _plain(self, block: Paragraph, text: str) -> None:
        if _TITLE_STYLE.match(block.style) and not self._title:
            self._title = text
        if block.style == _BODY_TITLE_STYLE:
            return
        if self._awaits_title and self._clauses:
            self._complete(text)
        elif not self._clauses:
            self._cover.append(block)
        else:
            marked = f"{_mark(block.label)}{text}" if block.label else text
            take_paragraph(self._clauses[-1].blocks, marked, style=block.style)

    def _open(self, clause: _Open) -> None:
        self._in_contents = False
        self._awaits_title = False
        self._clauses.append(clause)

    def _has_chapters(self) -> bool:
        return any(each.kind is ClauseKind.CHAPTER for each in self._clauses)

    def _chapter(self) -> str:
        return next((each.title for each in reversed(self._clauses) if each.level == 1), "")

    def _in_terms(self) -> bool:
        return self._chapter().startswith("术语")

    def _in_references(self) -> bool:
        return self._chapter() in ("规范性引用文件", "引用文件", "参考文献")

    def _here(self) -> str:
        return self._clauses[-1].label or self._clauses[-1].title


def _styled_level(block: Paragraph) -> int | None:
    """The level that a style of the field, a heading style or an outline level gives to a paragraph."""
    if block.style.startswith("标准文件_章标题"):
        return 1
    if found := _CLAUSE_STYLE.match(block.style):
        return _NUMERALS.index(found["level"]) + 2
    if block.style.startswith("标准文件_术语条") and block.style != "标准文件_术语条":
        return 2
    return block.level if block.text.strip() else None


def _kind_of(label: str, level: int) -> ClauseKind:
    return ClauseKind.CHAPTER if level == 1 and not label[:1].isalpha() else ClauseKind.CLAUSE


def _anchor(clause: _Open, position: int) -> str:
    if clause.kind is ClauseKind.ANNEX or clause.label[:1].isalpha():
        return f"annex-{clause.label.lower().replace('.', '-')}"
    if clause.label:
        return f"clause-{clause.label.replace('.', '-')}"
    named = (*_FRONT.values(), *_BACK.values())
    return str(clause.kind) if clause.kind in named else f"section-{position}"


def _mark(label: str) -> str:
    """An automatic mark in front of a list item, as text."""
    if label and (label[0] in "—–-" or not label.isprintable() or unicodedata.category(label[0]) in ("Co", "So", "Po")):
        return "——"
    return f"{label} "


def _folded(text: str) -> str:
    return "".join(text.split())
