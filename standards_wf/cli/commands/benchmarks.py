"""The benchmarks of this machine."""

from dataclasses import asdict

import click

from standards_wf.bench import heading, run
from standards_wf.cli import printing
from standards_wf.cli.speaking import command
from standards_wf.wording.language import Term


@command(
    "bench",
    about=Term(
        "运行基准测试并以表格给出结果；不写名称则全部运行。",
        "Run the benchmarks and print them as a table; all of them where none is named.",
    ),
    example="standards-wf bench\nstandards-wf bench act pages",
)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@printing.as_json
def bench(names: tuple[str, ...], *, machine: bool) -> None:
    """Measure, and show each figure beside its goal."""
    rows = run(names, printing.tell)
    if machine:
        printing.data([{**asdict(row), "met": row.met} for row in rows])
    else:
        printing.table(heading(), [row.cells for row in rows])
