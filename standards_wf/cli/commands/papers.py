"""A paper of a case, made from what is recorded."""

from pathlib import Path

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace, project_named
from standards_wf.cli.speaking import command, option
from standards_wf.services.papers import make_paper
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Paper


@command(
    "generate",
    about=Term(
        "由现有数据生成项目的一份材料：docx，或以 .pdf 结尾时经 LibreOffice 生成 PDF。",
        "Generate a paper of a project from what is recorded: docx, or PDF by LibreOffice where FILE ends in .pdf.",
    ),
    example="standards-wf generate 12 comment_table -o comments.docx",
)
@click.argument("project", metavar="PROJECT")
@click.argument("document", type=click.Choice([paper.value for paper in Paper]), metavar="DOCUMENT")
@option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    about=Term("写入哪个文件（.docx 或 .pdf）", "the file to write (.docx or .pdf)"),
)
@in_the_name_of
@printing.as_json
def generate(project: str, document: str, file: Path, login: str | None, *, machine: bool) -> None:
    """Write a paper to a file."""
    if file.suffix.lower() not in {".docx", ".pdf"}:
        raise click.BadParameter(
            t("文件名应以 .docx 或 .pdf 结尾。", "the name of the file must end in .docx or .pdf."),
            param_hint="--output",
        )
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        actor = actor_named(session, login, at)
        made = make_paper(
            session,
            project_named(session, project),
            Paper(document),
            actor=actor,
            moment=at,
            store=workplace.installation.store,
        )
    content = made.docx
    if file.suffix.lower() == ".pdf":
        content = workplace.installation.office.to_pdf(content)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    if machine:
        printing.data({"file": str(file), "paper": document, "bytes": len(content)})
    else:
        printing.say(t("已写入 {file}。", "{file} is written.", file=file))
