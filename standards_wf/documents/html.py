"""A text as a web page: its clauses with their addresses, tables, formulae, figures, notes, and the way through it.

Made from the tree element by element, so that nothing that somebody wrote can become markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import (
    Block,
    Cell,
    Figure,
    Footnote,
    Formula,
    Inline,
    Mark,
    Math,
    Paragraph,
    Picture,
    Reference,
    Role,
    Section,
    Table,
    Text,
    Tree,
    words_of,
)
from standards_wf.documents.markup import Child, math, node
from standards_wf.documents.places import Places, places_of
from standards_wf.documents.tree_json import from_json_text
from standards_wf.wording.language import Language, current, t

SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Pictures that a browser shows and that can run nothing."""
LISTS = (Role.LIST_LETTER, Role.LIST_NUMBER, Role.LIST_DASH)
_DEEPEST_HEADING = 4
_LISTED_LEVELS = 2
_KEPT = 48
_TAGS = {Mark.BELOW: "sub", Mark.ABOVE: "sup", Mark.ITALIC: "i", Mark.BOLD: "b"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    label: str
    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is whole and safe to show as it is."""

    markup: str

    def __html__(self) -> str:
        """What a template takes over unescaped."""
        return self.markup


@dataclass(frozen=True, slots=True)
class WebText:
    """A text ready to be shown: the way through it, and its clauses."""

    contents: tuple[Entry, ...]
    article: Html
    doubts: int = 0
    """How much was seen in the file and not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where the text is shown: the address under which its pictures lie, and where clauses are commented on."""

    pictures: str
    comments: str = ""


def web_text(content: str, around: Surroundings) -> WebText:
    """A text from its stored tree. Raises NotATree.

    What was made is kept for the next who asks: the same content gives the same page.
    """
    return _made(content, around, current())


@lru_cache(maxsize=_KEPT)
def _made(content: str, around: Surroundings, _language: Language) -> WebText:
    tree = from_json_text(content)
    article = Html(_Writer(tree, around).article())
    return WebText(tuple(contents_of(tree)), article, len(tree.not_recognised))


def contents_of(tree: Tree) -> Iterator[Entry]:
    """Chapters, annexes and the titled clauses of the first level below them; never terms."""
    for section in tree.all():
        if section.level <= _LISTED_LEVELS and section.title and section.kind is not ClauseKind.TERM:
            yield Entry(label_of(section), title_of(section), section.anchor, section.level)


def label_of(section: Section) -> str:
    """The number of a clause as it is printed: annexes with their word."""
    is_annex = section.kind is ClauseKind.ANNEX and not section.label.startswith("附录")
    return f"附录{section.label}" if is_annex else section.label


def title_of(section: Section) -> str:
    """The title of a clause as it is printed: annexes with their kind."""
    return f"{section.annex.mark if section.annex else ''}{section.title}"


def head_rows(table: Table) -> int:
    """How many rows are the head: those that are repeated, or the first; no cell reaches out of it."""
    heads = table.heads or (1 if len(table.rows) > 1 else 0)
    place = 0
    while place < heads:
        heads = max([heads, *(place + cell.rows for cell in table.rows[place])])
        place += 1
        if heads >= len(table.rows):
            return 0
    return heads


@dataclass
class _Writer:
    tree: Tree
    around: Surroundings
    places: Places = field(init=False)
    notes: list[Footnote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = places_of(self.tree)

    def article(self) -> str:
        article = node("article", (self._section(each) for each in self.tree.sections), class_="clauses", lang="zh-CN")
        if not self.tree.sections:  # a text without any heading: all of it stands before the first
            article.extend(self._blocks(self.tree.front))
        article.append(node("div", class_="closing-line"))
        if self.notes:
            article.append(self._footnotes())
        return etree.tostring(article, encoding="unicode", method="html")

    def _section(self, section: Section) -> etree._Element:
        made = node("section", id=section.anchor)
        blocks = section.blocks
        if section.title or not section.label:
            made.append(self._heading(section))
        else:
            made.append(self._numbered(section))
            blocks = blocks[1:] if _opens_with_words(section) else blocks
        made.extend(self._blocks(blocks))
        if self.around.comments:
            made.append(self._comment_link(section))
        made.extend(self._section(each) for each in section.sections)
        return made

    def _heading(self, section: Section) -> etree._Element:
        title: Child = title_of(section)
        if section.term_en:
            words = section.title[: -len(section.term_en)].rstrip()
            title = (words, " ", node("span", section.term_en, lang="en"))
        return node(
            f"h{min(section.level + 1, _DEEPEST_HEADING)}",
            node("span", label_of(section), class_="num") if section.label else None,
            node("span", title),
            self._own_address(section),
        )

    def _numbered(self, section: Section) -> etree._Element:
        """A clause without title: its number stands in front of its first words."""
        first = section.blocks[0] if _opens_with_words(section) else None
        words = self._line(first.content) if isinstance(first, Paragraph) else ()
        return node(
            "p", node("span", section.label, class_="num"), " ", words, self._own_address(section), class_="numbered"
        )

    def _own_address(self, section: Section) -> etree._Element:
        name = section.label or section.title
        said = t("{name}的地址", "Address of {name}", name=name)
        return node("a", "#", class_="self", href=f"#{section.anchor}", aria_label=said)

    def _comment_link(self, section: Section) -> etree._Element:
        name = section.label or section.title
        link = node(
            "a",
            t("对本条提意见", "Comment on this clause"),
            node("span", f" {name}", class_="visually-hidden"),
            href=f"{self.around.comments}?clause={quote(name)}#comment",
        )
        return node("p", link, class_="fine comment-link", lang=t("zh-CN", "en"))

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[etree._Element]:
        for is_list, run in groupby(blocks, key=lambda each: isinstance(each, Paragraph) and each.role in LISTS):
            if is_list:
                yield from self._lists([each for each in run if isinstance(each, Paragraph)])
            else:
                yield from (self._block(each) for each in run)

    def _block(self, block: Block) -> etree._Element:
        match block:
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Formula():
                return self._formula(block)
            case Paragraph():
                label = node("span", block.label, class_="label") if block.label else None
                return node("p", label, " " if block.label else None, self._line(block.content), class_=block.role)

    def _lists(self, items: Sequence[Paragraph]) -> Iterator[etree._Element]:
        """Items one after another; one with another mark than all before it begins a list within the last item."""
        open_lists: list[tuple[Role, etree._Element]] = []
        for item in items:
            if any(role is item.role for role, _ in open_lists):
                while open_lists[-1][0] is not item.role:
                    open_lists.pop()
            else:
                made = node("ul", class_="items")
                if open_lists:
                    open_lists[-1][1][-1][-1].append(made)
                else:
                    yield made
                open_lists.append((item.role, made))
            words = node("div", node("span", self._line(item.content)))
            open_lists[-1][1].append(node("li", node("span", item.label, class_="num"), words))

    def _formula(self, formula: Formula) -> etree._Element:
        place = self.places.of_block(formula)
        number = node("span", f"（{formula.number}）", class_="num") if formula.number else None
        words = node("span", self._line(formula.content, is_formula=True))
        return node("p", words, number, class_="formula", **({"id": place} if place else {}))

    def _figure(self, figure: Figure) -> etree._Element:
        place = self.places.of_block(figure)
        caption = node("figcaption", figure.caption) if figure.caption else None
        pictures = (self._picture(each, figure.caption) for each in figure.pictures)
        return node("figure", pictures, caption, **({"id": place} if place else {}))

    def _picture(self, picture: Picture, caption: str = "") -> etree._Element:
        if picture.media_type in SHOWN_PICTURES:
            said = picture.description or caption
            return node("img", src=f"{self.around.pictures}/{picture.sha256}", alt=said, loading="lazy")
        said = t(
            "图以 {form} 格式存储，浏览器不能显示，请看 Word 文件",
            "A picture in the form {form}, which browsers do not show: see the Word file",
            form=picture.media_type.rsplit("/", 1)[-1].removeprefix("x-"),
        )
        return node("span", f"〔{said}〕", class_="soft fine", lang=t("zh-CN", "en"))

    def _table(self, table: Table) -> etree._Element:
        place = self.places.of_block(table)
        heads = head_rows(table)
        named = node("span", table.caption) if table.caption else None
        unit = node("span", f" {table.unit}", class_="fine soft") if table.unit else None
        caption = node("caption", named, unit) if table.caption or table.unit else None
        made = node(
            "table",
            caption,
            node("thead", (self._row(row, "th") for row in table.rows[:heads])) if heads else None,
            node("tbody", (self._row(row, "td") for row in table.rows[heads:])),
            class_="table",
        )
        label = table.caption or t("表", "Table")
        held = node("div", made, class_="table-scroll", tabindex="0", role="region", aria_label=label)
        if place:
            held.set("id", place)
        return held

    def _row(self, row: Sequence[Cell], tag: str) -> etree._Element:
        return node("tr", (self._cell(each, tag) for each in row))

    def _cell(self, cell: Cell, tag: str) -> etree._Element:
        attributes = {"scope": "colgroup" if cell.columns > 1 else "col"} if tag == "th" else {}
        if cell.columns > 1:
            attributes["colspan"] = str(cell.columns)
        if cell.rows > 1:
            attributes["rowspan"] = str(cell.rows)
        only = cell.blocks[0] if len(cell.blocks) == 1 else None
        if isinstance(only, Paragraph) and only.role not in LISTS:
            return node(tag, only.label, self._line(only.content), **attributes)
        return node(tag, self._blocks(cell.blocks), **attributes)

    def _line(self, content: Sequence[Inline], *, is_formula: bool = False) -> Iterator[Child]:
        before = ""
        only_math = is_formula and not words_of([each for each in content if not isinstance(each, Math)]).strip()
        for each in content:
            match each:
                case Text():
                    yield self._text(each)
                case Math():
                    yield math(each.mathml, each.text, display=only_math)
                case Picture():
                    yield self._picture(each)
                case Reference():
                    place = self.places.pointed(each.text, before)
                    yield node("a", each.text, href=f"#{place}") if place else each.text
                case Footnote():
                    yield self._mark(each)
            before = "" if isinstance(each, Picture | Footnote) else each.text

    def _text(self, text: Text) -> Child:
        pieces = self.places.linked(text.text)
        said: Child = [node("a", words, href=f"#{place}") if place else list(_lines(words)) for words, place in pieces]
        for mark in sorted(text.marks):
            said = node(_TAGS[mark], said)
        return said

    def _mark(self, note: Footnote) -> etree._Element:
        self.notes.append(note)
        number = len(self.notes)
        link = node(
            "a",
            f"{number})",
            id=f"footnote-mark-{number}",
            href=f"#footnote-{number}",
            aria_label=t("脚注 {n}", "Footnote {n}", n=number),
        )
        return node("sup", link)

    def _footnotes(self) -> etree._Element:
        listed = node("ol", class_="footnotes")
        for number, note in enumerate(self.notes, start=1):
            back = node(
                "a",
                "↩",
                href=f"#footnote-mark-{number}",
                aria_label=t("回到脚注 {n}", "Back to footnote {n}", n=number),
            )
            words = words_of(note.content)
            listed.append(
                node("li", node("span", f"{number})", class_="num"), " ", words, " ", back, id=f"footnote-{number}")
            )
        return listed


def _opens_with_words(section: Section) -> bool:
    first = section.blocks[0] if section.blocks else None
    return isinstance(first, Paragraph) and first.role not in LISTS and not first.label


def _lines(words: str) -> Iterable[Child]:
    """The lines of a paragraph that was broken by hand."""
    for number, line in enumerate(words.split("\n")):
        if number:
            yield node("br")
        yield line
