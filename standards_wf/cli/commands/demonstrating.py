"""Filling an installation with the demonstration."""

from standards_wf.cli import printing
from standards_wf.cli.demonstration import demonstration_accounts, show_accounts
from standards_wf.cli.instance import now, open_workplace
from standards_wf.cli.speaking import command, option
from standards_wf.demo.play import is_empty, play
from standards_wf.wording.language import Term, t


@command(
    "demo",
    about=Term(
        "向空实例载入演示数据：规划中的全部成果，处于各个阶段，由虚构的人员逐步办理。",
        "Load the demonstration into an empty instance: every deliverable of the plan as a case, in all stages, "
        "played by people who do not exist.",
    ),
    example="standards-wf demo\nstandards-wf demo --if-empty",
)
@option(
    "--if-empty",
    "if_empty",
    is_flag=True,
    about=Term("实例已在使用时什么也不做，也不算失败", "do nothing, and do not fail, when the instance is in use"),
)
@printing.as_json
def demo(*, if_empty: bool, machine: bool) -> int:
    """Play the demonstration, with its progress on the terminal."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        empty = is_empty(session)
    if not empty:
        if machine:
            printing.data({"played": False})
        elif not if_empty:
            printing.tell(
                t(
                    "这个实例已经有人员或项目；演示数据只能载入空实例。"
                    "请用 STANDARDS_WF_INSTANCE 另选一个文件夹，先运行 standards-wf init --without-administrator。",
                    "This instance has people or projects already; the demonstration is loaded into an empty one only. "
                    "Choose another folder with STANDARDS_WF_INSTANCE and run standards-wf init "
                    "--without-administrator first.",
                )
            )
        return 0 if if_empty else 1
    if not machine:
        printing.tell(t("正在载入演示数据……", "Loading the demonstration …"))
    acts = play(workplace, printing.Progress())
    if machine:
        printing.data({"played": True, "acts": acts})
        return 0
    printing.say(t("演示数据已载入：{n} 次办理。", "The demonstration is loaded: {n} acts.", n=acts))
    if not if_empty:  # Whoever asks for it by the way goes on to serve, which shows the accounts.
        with workplace.sessions() as session:
            show_accounts(demonstration_accounts(session, now(workplace).day))
    return 0
