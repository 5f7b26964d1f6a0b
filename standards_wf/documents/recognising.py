"""The clauses of a text, recognised among its paragraphs, however the headings were made.

1. Headings are found by the styles of the field (标准文件_章标题 …), by outline level and Word's own heading styles,
   by automatic numbers and by typed numbers; a plain typed number counts only where it continues the series.
2. Until the first heading stands the front: the cover and the contents.
3. Whatever stands between two headings is the text of the first, tables row by row.
4. What looked like a heading and did not fit is told in `doubts`.
"""

import re
from dataclasses import dataclass, field

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.elements import (
    Block,
    Doubt,
    Footnote,
    Found,
    NotRecognised,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
    stored_words,
)
from standards_wf.documents.gathering import take_piece, take_table, trimmed, without_head
from standards_wf.documents.paragraphs import Piece


@dataclass
class _Open:
    """A clause whose text is still being gathered."""

    kind: ClauseKind
    label: str
    title: str
    level: int
    found: Found
    at: int
    annex: AnnexKind | None = None
    blocks: list[Block] = field(default_factory=list)


_FRONT = {"前言": ClauseKind.FOREWORD, "引言": ClauseKind.INTRODUCTION}
_BACK = {"参考文献": ClauseKind.BIBLIOGRAPHY, "索引": ClauseKind.INDEX}
_CONTENTS_HEADING = ("目次", "目录")
_CONTENTS_STYLE = re.compile(r"^(?:toc|目录|目次)\s*\d$|^table of figures$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"(?:\t|[.．…·]{2,}|\s{2,})\s*[\divxIVX]+\s*$")
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
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Numbers typed in full width are numbers; ① and Ⅱ are marks of lists."""
_SENTENCE = re.compile(r"[。；;：:，,]$")
_REFERRING = re.compile(r"[\x00-\x7f的中和与及至到或、，～—所规给之内外条章]")
"""What follows a number that only refers to a clause: 3.2的规定, 5.1和5.2, 2.5kg."""

_SHORTEST_TITLE = 4
_LONGEST_TITLE = 60
_KINDS = {"规范性": AnnexKind.NORMATIVE, "资料性": AnnexKind.INFORMATIVE}


class Recogniser:
    """Takes the paragraphs and tables one by one and keeps the clauses found so far."""

    def __init__(self, *, styled: bool) -> None:
        """`styled` says that chapters have a style of their own: a bare number then makes none."""
        self._styled = styled
        self._clauses: list[_Open] = []
        self._in_contents = False
        self._awaits_title = False
        self.title = ""
        self.front: list[Block] = []
        self.cover: list[str] = []
        self.doubts: list[NotRecognised] = []

    def take(self, block: Piece | Table) -> None:
        """Take the next paragraph or table of the text."""
        if isinstance(block, Table):
            self._awaits_title = False
            take_table(self._clauses[-1].blocks if self._clauses else self.front, block)
            return
        text = block.text.strip()
        if not text and not block.label:
            self._take_wordless(block)
        elif self._skips(block, text):
            take_piece(self.front, block)
        elif not (self._section(block, text) or self._annex(block, text) or self._numbered(block, text)):
            self._plain(block, text)

    def sections(self) -> tuple[Section, ...]:
        """The pieces of the text as a tree, when the last paragraph has been taken."""
        self._settle_title()
        anchors = _anchors(self._clauses)
        return _nested(list(zip(self._clauses, anchors, strict=True)))

    def near(self, at: int) -> str:
        """Number or title of the clause in which a place lies."""
        last = next((each for each in reversed(self._clauses) if each.at <= at), None)
        return (last.label or last.title) if last else ""

    @property
    def has_chapters(self) -> bool:
        """Whether a chapter was found so far."""
        return any(each.kind is ClauseKind.CHAPTER for each in self._clauses)

    def _take_wordless(self, block: Piece) -> None:
        """A picture, a formula without signs, a text box: never a heading."""
        take_piece(self._clauses[-1].blocks if self._clauses else self.front, block)

    def _settle_title(self) -> None:
        """Find the title where no style names it: it is repeated on the first page of the body."""
        self.title = self.title or next(
            (line for line in self.cover if len(line) >= _SHORTEST_TITLE and line in self._repeated_lines()), ""
        )
        for each in self._clauses:
            last = each.blocks[-1] if each.blocks else None
            if each.kind in _FRONT.values() and self.title and _words(last) == self.title:
                self.front.append(each.blocks.pop())
        self.title = " ".join(self.title.split("\n"))

    def _repeated_lines(self) -> set[str]:
        """The last line before the first chapter."""
        for earlier, later in zip(self._clauses, self._clauses[1:], strict=False):
            if later.kind is ClauseKind.CHAPTER:
                return {_words(each) for each in earlier.blocks[-1:]}
        return set(self.cover[-1:])

    def _skips(self, block: Piece, text: str) -> bool:
        """Whether the paragraph belongs to the contents."""
        if _CONTENTS_STYLE.match(block.style):
            return True
        if _folded(text) in _CONTENTS_HEADING:
            self._in_contents = True
            return True
        return self._in_contents and bool(_CONTENTS_LINE.search(block.text))

    def _section(self, block: Piece, text: str) -> bool:
        """前言, 引言, 参考文献 and 索引: headings that are known by their words."""
        word = _folded(text)
        kind = _BACK.get(word) if self.has_chapters else _FRONT.get(word)
        if kind is None:
            return False
        self._open(_Open(kind, "", word, 1, Found.WORDS, block.at), block)
        return True

    def _annex(self, block: Piece, text: str) -> bool:
        found = _ANNEX.match(text)
        automatic = _ANNEX.match(block.label)
        if not self.has_chapters or (found is None and automatic is None):
            return False
        rest = text if automatic else found["rest"] if found else ""
        if not automatic and (len(rest) > _LONGEST_TITLE or _SENTENCE.search(rest)):
            return False
        label = (automatic or found)["label"]  # type: ignore[index]
        self._open(_Open(ClauseKind.ANNEX, label, "", 1, Found.WORDS, block.at), block)
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

    def _numbered(self, block: Piece, text: str) -> bool:
        """Chapters, clauses and terms, by style or by number."""
        level = styled_level(block)
        found = _LABEL.match(block.label) or _LABEL.match(text[:24].translate(_HALF_WIDTH) + text[24:])
        automatic = bool(_LABEL.match(block.label))
        if found is None:
            if level is None or not text:
                return False
            self._open(_Open(_kind_of("", level), "", text, level, _found(block), block.at), block)
            return True
        label = found["label"].replace("．", ".")
        rest = text if automatic else text[len(found["label"]) :].strip()
        if level is None and not self._fits(block, label, rest, gap=automatic or bool(found["gap"])):
            return False
        how = _found(block) if level is not None else Found.AUTOMATIC if automatic else Found.TYPED
        self._open_numbered(block, label, rest, how)
        return True

    def _open_numbered(self, block: Piece, label: str, rest: str, how: Found) -> None:
        level = label.count(".") + 1
        sort = _CLAUSE_STYLE.match(block.style)
        is_term = self._in_terms() and level > 1 and (not rest or "术语条" in block.style or sort is None)
        untitled = (sort is not None and sort["sort"] == "无标题") or (
            not is_term and (len(rest) > _LONGEST_TITLE or bool(_SENTENCE.search(rest)))
        )
        kind = ClauseKind.TERM if is_term else _kind_of(label, level)
        clause = _Open(kind, label, "" if untitled else rest, level, how, block.at)
        if untitled and rest:
            before = len(stored_words(block.content)) - len(stored_words(block.content).lstrip())
            length = 0 if rest == block.text.strip() else block.text.index(rest, len(label) + before)
            clause.blocks.append(Paragraph(trimmed(without_head(block.content, length)), at=block.at))
        if is_term and "\n" in rest:
            clause.title, *more = rest.split("\n")
            clause.blocks += [Paragraph((Text(each.strip()),), at=block.at) for each in more if each.strip()]
        self._open(clause, block if not (untitled and rest) else None)
        self._awaits_title = is_term and not clause.title

    def _fits(self, block: Piece, label: str, rest: str, *, gap: bool) -> bool:
        """Whether a number without a heading style continues the series: the next sibling or the first child."""
        is_chapter = "." not in label
        if is_chapter and (self._styled or not rest or len(rest) > _LONGEST_TITLE or _SENTENCE.search(rest)):
            return False
        if not gap and _REFERRING.match(rest):
            return False
        if label in self._next_labels():
            return True
        if gap and not is_chapter and self.has_chapters and not self._in_references():
            words = f"{label} {rest[:24]}".strip()
            self.doubts.append(NotRecognised(Doubt.NUMBER_OUT_OF_SERIES, words, at=block.at))
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

    def _plain(self, block: Piece, text: str) -> None:
        if _TITLE_STYLE.match(block.style) and not self.title:
            self.title = text
        if not self._clauses:
            self.cover.append(text)
        if block.style == _BODY_TITLE_STYLE or not self._clauses:
            take_piece(self.front, block)
        elif self._awaits_title:
            self._complete(text)
            self._keep_beside(block)
        else:
            take_piece(self._clauses[-1].blocks, block, referring=self._clauses[-1].kind is ClauseKind.BIBLIOGRAPHY)

    def _open(self, clause: _Open, block: Piece | None) -> None:
        self._in_contents = False
        self._awaits_title = False
        self._clauses.append(clause)
        if block is not None:
            self._keep_beside(block)

    def _open_by_hand(self, kind: ClauseKind, label: str, title: str, level: int, at: int) -> None:
        """Open a clause of which somebody said what it is."""
        self._open(_Open(kind, label, title, level, Found.TYPED, at), None)

    def _keep_beside(self, block: Piece) -> None:
        """What stands in a heading beside its words: footnotes, pictures, text boxes."""
        beside = tuple(each for each in block.content if isinstance(each, Footnote | Picture))
        if beside or block.boxes:
            take_piece(self._clauses[-1].blocks, Piece(beside, "", block.style, at=block.at, boxes=block.boxes))

    def _in_terms(self) -> bool:
        return self._chapter().startswith("术语")

    def _in_references(self) -> bool:
        return self._chapter() in ("规范性引用文件", "引用文件", "参考文献")

    def _chapter(self) -> str:
        return next((each.title for each in reversed(self._clauses) if each.level == 1), "")


def styled_level(block: Piece) -> int | None:
    """The level that a style of the field, a heading style or an outline level gives to a paragraph."""
    if block.style.startswith("标准文件_章标题"):
        return 1
    if found := _CLAUSE_STYLE.match(block.style):
        return _NUMERALS.index(found["level"]) + 2
    if block.style.startswith("标准文件_术语条") and block.style != "标准文件_术语条":
        return 2
    return block.level if block.text.strip() else None


def _found(block: Piece) -> Found:
    return Found.STYLE if block.style.startswith("标准文件_") else Found.HEADING


def _kind_of(label: str, level: int) -> ClauseKind:
    return ClauseKind.CHAPTER if level == 1 and not label[:1].isalpha() else ClauseKind.CLAUSE


def _nested(clauses: list[tuple[_Open, str]]) -> tuple[Section, ...]:
    """The clauses as a tree: each under the last one before it that stands higher."""
    made: list[Section] = []
    place = 0
    while place < len(clauses):
        first, anchor = clauses[place]
        end = place + 1
        while end < len(clauses) and clauses[end][0].level > first.level:
            end += 1
        made.append(
            Section(
                first.kind,
                first.label,
                first.title,
                tuple(first.blocks),
                _nested(clauses[place + 1 : end]),
                first.annex,
                first.level,
                anchor,
                first.found,
                first.at,
            )
        )
        place = end
    return tuple(made)


def _anchors(clauses: list[_Open]) -> list[str]:
    """A fixed place on a page for each clause, from its number; a number that stands twice is told apart."""
    taken: dict[str, int] = {}
    anchors = []
    for position, clause in enumerate(clauses, start=1):
        anchor = _anchor(clause, position)
        taken[anchor] = taken.get(anchor, 0) + 1
        anchors.append(f"{anchor}-{taken[anchor]}" if taken[anchor] > 1 else anchor)
    return anchors


def _anchor(clause: _Open, position: int) -> str:
    if clause.kind is ClauseKind.ANNEX or clause.label[:1].isalpha():
        return f"annex-{clause.label.lower().replace('.', '-')}"
    if clause.label:
        return f"clause-{clause.label.replace('.', '-')}"
    named = (*_FRONT.values(), *_BACK.values())
    return str(clause.kind) if clause.kind in named else f"section-{position}"


def _words(block: Block | None) -> str:
    return stored_words(block.content).strip() if isinstance(block, Paragraph) and not block.label else ""


def _folded(text: str) -> str:
    return "".join(text.split())
