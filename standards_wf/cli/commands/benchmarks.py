"""The benchmarks of this machine."""

import click

from standards_wf.bench import run
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
def bench(names: tuple[str, ...]) -> None:
    """Measure."""
    run(names)
