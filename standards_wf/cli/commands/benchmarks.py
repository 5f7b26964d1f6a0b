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
        "运行基准测试并以表格给出结果；不写名称则运行较快的几项。decade 模拟十年、三百个项目，需时较长。只用临时数据。",
        "Run the benchmarks and print them as a table; the quick ones where none is named. decade simulates ten years with "
        "three hundred cases and takes long. They use data of their own.",
    ),
    example="standards-wf bench\nstandards-wf bench act\nstandards-wf bench decade",
)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@printing.as_json
def bench(names: tuple[str, ...], *, machine: bool) -> int:
    """Measure; a goal that is missed is a no."""
    rows = run(names, progress=printing.tell)
    if machine:
        printing.data([{**asdict(row), "met": row.met} for row in rows])
    else:
        printing.table(heading(), (row.cells for row in rows))
    return 1 if any(row.met is False for row in rows) else 0
