"""Reading document numbers."""

import click

from standards_wf.cli import printing
from standards_wf.cli.speaking import command
from standards_wf.services.saying import say
from standards_wf.wording.language import Term
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.refusals import Refusal


@command(
    "number",
    about=Term(
        "识别任意写法的文件编号，给出规范写法。JSON输出时每个编号一行。",
        "Read document numbers in any spelling and give the one right form. As JSON there is one line for each.",
    ),
    example='standards-wf number DB31T1234-2025 "jjf(沪) 12—2025"',
)
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@printing.as_json
def number(texts: tuple[str, ...], *, machine: bool) -> int:
    """Read each text as a document number."""
    unread = 0
    for text in texts:
        try:
            found = read_number(text)
        except NotANumber as problem:
            unread += 1
            reason = say(Refusal(problem.reason, text=text))
            if machine:
                printing.line({"input": text, "error": problem.reason, "message": reason})
            else:
                printing.tell(reason)
            continue
        if machine:
            printing.line({"input": text, "family": found.family, "number": str(found)})
        else:
            printing.say(str(found))
    return 1 if unread else 0
