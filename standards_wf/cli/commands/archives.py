"""A case in one file."""

from pathlib import Path

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import actor_named, in_the_name_of, now, open_workplace, project_named
from standards_wf.cli.speaking import command, option
from standards_wf.services.archives import case_archive, package_archive
from standards_wf.wording.language import Term, t


@command(
    "archive",
    about=Term(
        "把一个项目的全部文稿、材料、意见和历史记录写入一个 zip，附 SHA-256 清单；加 --package 时只写报批材料。",
        "Write all texts, papers, comments and the history of a project to one zip with a manifest of SHA-256; with "
        "--package the submission package alone.",
    ),
    example="standards-wf archive 12 -o case-12.zip",
)
@click.argument("project", metavar="PROJECT")
@option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    about=Term("写入哪个文件（.zip）", "the file to write (.zip)"),
)
@option(
    "--package",
    "package_alone",
    is_flag=True,
    about=Term("只写报批材料", "the submission package alone"),
)
@in_the_name_of
@printing.as_json
def archive(project: str, file: Path, login: str | None, *, package_alone: bool, machine: bool) -> None:
    """Write a case to a file."""
    if file.suffix.lower() != ".zip":
        raise click.BadParameter(
            t("文件名应以 .zip 结尾。", "the name of the file must end in .zip."), param_hint="--output"
        )
    workplace = open_workplace()
    at = now(workplace)
    store = workplace.installation.store
    with workplace.sessions() as session:
        actor = actor_named(session, login, at)
        identity = project_named(session, project)
        if package_alone:
            made = package_archive(session, store, identity, actor=actor, moment=at)
        else:
            made = case_archive(session, store, identity, actor=actor)
    try:
        file.write_bytes(made.content)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    if machine:
        printing.data(
            {"file": str(file), "bytes": len(made.content), "files": made.files, "missing": list(made.missing)}
        )
        return
    printing.say(t("已写入 {file}，共{n}份文件。", "{file} is written: {n:file|files}.", file=file, n=made.files))
    if made.missing:
        printing.say(
            t("报批材料尚缺：{papers}。", "The package still lacks: {papers}.", papers="、".join(made.missing))
        )
