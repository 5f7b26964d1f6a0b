"""Showing the procedures, and proving that they are sound."""

import click

from standards_wf.cli import printing
from standards_wf.cli.speaking import SpokenGroup, command, option
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.wording.pictures import words_for
from standards_wf.workflow.diagram import mermaid, rows_as_data, svg
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.stages import STAGES, stages_of
from standards_wf.workflow.table import problems_of
from standards_wf.workflow.vocabulary import Kind

procedure = SpokenGroup(
    "procedure",
    about=Term("三类文件的办理程序。", "The procedures of the three kinds of document."),
    members={"show": __name__, "verify": __name__},
)


@command(
    "show",
    about=Term(
        "显示一类文件的程序：每行是一个阶段上的一项办理，由谁办理、条件和依据。",
        "Show the procedure of a kind: each row is an act at a stage, with who may do it, its conditions and its basis.",
    ),
    example="standards-wf procedure show local_standard\n"
    "standards-wf procedure show group_standard --format svg > group.svg",
)
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "mermaid", "svg"]),
    default="table",
    show_default=True,
    about=Term("输出的形式", "the form of the answer"),
)
@printing.as_json
def show(kind: str, form: str, *, machine: bool) -> None:
    """Print one procedure."""
    code = Kind(kind)
    rows = PROCEDURES[code]
    match "json" if machine else form:
        case "json":
            printing.data(rows_as_data(rows))
        case "mermaid":
            click.echo(mermaid(rows, words_for(code)), nl=False)
        case "svg":
            click.echo(svg(rows, words_for(code)))
        case _:
            _as_table(code)


def _as_table(kind: Kind) -> None:
    head = (
        t("阶段", "stage"),
        t("办理", "act"),
        t("去向", "leads to"),
        t("由谁", "by"),
        t("说明", "note"),
        t("依据", "basis"),
        t("条件", "conditions"),
    )
    printing.table(
        head,
        (
            (
                f"{STAGES[row.source].code} {labels.stage(row.source, kind)}",
                labels.action(row.action, kind),
                labels.stage(row.target, kind) if row.target is not row.source else "=",
                t("、", ", ").join(str(labels.role(role)) for role in row.roles),
                t("必填", "required") if row.needs_note else "",
                row.basis,
                " ".join(guard.__name__ for guard in row.guards),
            )
            for row in PROCEDURES[kind].rows
        ),
    )


@command(
    "verify",
    about=Term(
        "证明程序自洽：每个阶段都能到达、都有出路，每行都有办理人，条件和后续处理都存在。",
        "Prove that the procedures are sound: every stage can be reached and left, every row has somebody who may act, "
        "and every condition and effect exists.",
    ),
    example="standards-wf procedure verify",
)
@printing.as_json
def verify(*, machine: bool) -> int:
    """Check each table again, and say what was checked."""
    problems = {kind: list(problems_of(kind, table.rows)) for kind, table in PROCEDURES.items()}
    if machine:
        printing.data(
            [
                {"kind": kind, "stages": len(stages_of(kind)), "rows": len(PROCEDURES[kind].rows), "problems": found}
                for kind, found in problems.items()
            ]
        )
    for kind, found in problems.items():
        for problem in found:
            printing.tell(f"{labels.kind(kind)}: {problem}")
        if not machine and not found:
            printing.say(
                t(
                    "{kind}：{stages}个阶段、{rows}行，自洽。",
                    "{kind}: {stages} stages, {rows} rows, sound.",
                    kind=labels.kind(kind),
                    stages=len(stages_of(kind)),
                    rows=len(PROCEDURES[kind].rows),
                )
            )
    return 1 if any(problems.values()) else 0
