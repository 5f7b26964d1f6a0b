"""Reading a docx, whoever wrote it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from standards_wf.cli import printing
from standards_wf.cli.speaking import command, option
from standards_wf.documents.apart import ReaderApart
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Block, Figure, Formula, Section, Table, Tree, lines_in
from standards_wf.documents.provisions import ProvisionKind, provisions_in
from standards_wf.documents.sts import sts_of
from standards_wf.documents.tree_json import as_json
from standards_wf.wording import texts
from standards_wf.wording.language import Term, t


@command(
    "read",
    about=Term(
        "读取任意docx，输出其结构：章条、列项、表、图、公式、术语和附录，并列出未能识别的内容。",
        "Read any docx and print its structure: clauses, lists, tables, figures, formulae, terms and annexes, "
        "and what was not recognised.",
    ),
    example="standards-wf read 征求意见稿.docx\nstandards-wf read draft.docx --json > draft.json\n"
    "standards-wf read draft.docx --format sts > draft.xml",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.docx")
@option(
    "--format",
    "form",
    type=click.Choice(["text", "sts"]),
    default="text",
    about=Term("text 供人阅读，sts 为 NISO STS（XML）", "text for people, sts for NISO STS (XML)"),
)
@printing.as_json
def read(file: Path, *, form: str, machine: bool) -> None:
    """Print what a docx holds."""
    try:
        docx = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    tree = ReaderApart().read(docx, file.name).tree
    if form == "sts":
        click.echo(sts_of(tree))
        return
    if machine:
        printing.data({**as_json(tree), "provisions": list(_provisions(tree))})
        return
    _print_cover(tree)
    if not tree.sections:
        for block in tree.front:
            for line in _lines_of(block):
                printing.say(line)
    for section in tree.all():
        _print_section(section)
    _print_beside(tree)


def _provisions(tree: Tree) -> Iterator[dict[str, str]]:
    """Every sentence that does more than tell, with the clause in which it stands."""
    for section in tree.all():
        for line in lines_in(section.blocks):
            for provision in provisions_in(line):
                if provision.kind is not ProvisionKind.STATEMENT:
                    yield {
                        "clause": section.label or section.title,
                        "kind": provision.kind,
                        "verb": provision.verb,
                        "text": provision.text,
                    }


def _print_cover(tree: Tree) -> None:
    cover = tree.cover
    rows = (
        (t("名称", "Title"), cover.title),
        (t("英文名称", "English title"), cover.title_en),
        (t("编号", "Number"), cover.number),
        (t("代替", "Replaces"), cover.replaces),
        ("ICS", cover.ics),
        ("CCS", cover.ccs),
        (t("稿次", "Draft"), cover.draft_words),
        (t("发布日期", "Published"), cover.published_on),
        (t("实施日期", "In force from"), cover.effective_on),
        (t("发布机构", "Issued by"), cover.issuer),
    )
    for name, said in rows:
        if said:
            printing.say(f"{name}：{said}" if name.isascii() is False else f"{name}: {said}")
    printing.say()


def _print_section(section: Section) -> None:
    indent = "  " * (section.level - 1)
    kind = texts.CLAUSE_KINDS[section.kind]
    name = "" if section.kind in (ClauseKind.CHAPTER, ClauseKind.CLAUSE) else f"  [{kind}]"
    heading = f"{section.label}　{section.title}" if section.label and section.title else section.label or section.title
    printing.say(f"{indent}{heading}{name}  ({texts.FOUND[section.found]})")
    for block in section.blocks:
        for line in _lines_of(block):
            printing.say(f"{indent}    {line}")


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Table():
            rows = t("{count}行", "{count} rows", count=len(block.rows))
            yield f"[{t('表', 'Table')}] {block.caption} ({rows})"
        case Figure():
            yield f"[{t('图', 'Figure')}] {block.caption}"
            return
        case Formula():
            yield f"[{t('公式', 'Formula')}] {next(iter(lines_in((block,))), '')}"
            return
    lines = (
        (block,)
        if not isinstance(block, Table)
        else tuple(each for row in block.rows for c in row for each in c.blocks)
    )
    yield from lines_in(lines)


def _print_beside(tree: Tree) -> None:
    if tree.changes:
        printing.say("\n" + t("修订（按已接受读取）：", "Tracked changes (read as if accepted):"))
        for change in tree.changes:
            printing.say(f"  {texts.CHANGES[change.kind]}  {change.author}  {change.text[:60]}")
    if tree.remarks:
        printing.say("\n" + t("批注：", "Comments in the margin:"))
        for remark in tree.remarks:
            printing.say(f"  {remark.author}  “{remark.quoted[:30]}”  {remark.text[:80]}")
    if tree.not_recognised:
        printing.say("\n" + t("未能识别：", "Not recognised:"))
        told = Counter((each.doubt, each.words, each.near) for each in tree.not_recognised)
        for (doubt, said, near), times in told.items():
            place = t("（在“{near}”）", " (in “{near}”)", near=near) if near else ""
            words = f"  {said}" if said else ""
            printing.say(f"  {texts.DOUBTS[doubt]}{words}{place}{f' ×{times}' if times > 1 else ''}")
