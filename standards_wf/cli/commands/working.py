"""The worker, beside the web server or by itself."""

from standards_wf.cli.instance import open_workplace
from standards_wf.cli.speaking import command
from standards_wf.services.papers import generate
from standards_wf.wording.language import Term
from standards_wf.worker.loop import run


@command(
    "worker",
    about=Term(
        "后台处理程序：更新索引、生成材料、发送通知，以及每日由系统办理的事项；直到按 Ctrl-C。",
        "The worker: indexes, renders and notifies after each act, and does the daily acts of the system; until Ctrl-C.",
    ),
    example="standards-wf worker",
)
def worker() -> None:
    """Work until told to stop."""
    workplace = open_workplace()
    workplace.engine.dispose()
    run(workplace.installation.settings, generate)
