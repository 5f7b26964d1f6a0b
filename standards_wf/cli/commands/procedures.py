"""Showing the procedures, and proving that they are sound."""

import click

from standards_wf.cli import printing
from standards_wf.cli.proving import Verified, verify_procedure
from standards_wf.cli.speaking import SpokenGroup, command, option
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.wording.pictures import words_for
from standards_wf.wording.proving import said
from standards_wf.workflow.diagram import mermaid, rows_as_data, svg
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.stages import STAGES
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
        "证明程序自洽：逐一试过项目可能出现的各种情形，每个阶段都能到达、都通向办结，每项办理都有人能办成，表决结果只对应一项办理，"
        "条件、规则、依据和拒绝理由都有中英文。",
        "Prove that the procedures are sound: in every situation that a project can get into, each act is tried by everybody "
        "who may do it; every stage can be reached and leads to an end, one count of votes leads to one act, and every "
        "question, rule, basis and refusal is told in both languages.",
    ),
    example="standards-wf procedure verify\nstandards-wf procedure verify --json",
)
@printing.as_json
def verify(*, machine: bool) -> int:
    """Try each procedure, and say what was tried and what is wrong; a procedure with a fault is a no."""
    proved = {kind: verify_procedure(kind, table.rows) for kind, table in PROCEDURES.items()}
    if machine:
        printing.data([_as_data(kind, each) for kind, each in proved.items()])
        return 1 if any(each.faults for each in proved.values()) else 0
    for kind, each in proved.items():
        printing.say(_summary(kind, each))
        for fault in each.faults:
            printing.tell(f"  {said(fault, kind)}")
    return 1 if any(each.faults for each in proved.values()) else 0


def _summary(kind: Kind, verified: Verified) -> str:
    proof = verified.proof
    verdict = (
        t("有{many}处问题：", "{many} faults:", many=len(verified.faults)) if verified.faults else t("自洽。", "sound.")
    )
    return t(
        "{kind}：{stages}个阶段、{rows}行；试过{situations}种情形、{ways}条去路、{asked}次办理、{counts}种表决结果，"
        "核对{words}条文字；{verdict}",
        "{kind}: {stages} stages, {rows} rows; {situations} situations, {ways} ways, {asked} attempts and {counts} counts "
        "of votes tried, {words} words told; {verdict}",
        kind=labels.kind(kind),
        stages=proof.stages,
        rows=proof.rows,
        situations=proof.situations,
        ways=proof.ways,
        asked=proof.asked,
        counts=proof.counts,
        words=verified.words,
        verdict=verdict,
    )


def _as_data(kind: Kind, verified: Verified) -> dict[str, object]:
    proof = verified.proof
    return {
        "kind": kind,
        "stages": proof.stages,
        "rows": proof.rows,
        "situations": proof.situations,
        "ways": proof.ways,
        "attempts": proof.asked,
        "counts": proof.counts,
        "words": verified.words,
        "problems": [
            {"code": fault.code, "params": dict(fault.params), "sentence": said(fault, kind)}
            for fault in verified.faults
        ],
    }
