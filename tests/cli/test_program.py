"""The program as a whole: its help, its languages, its exit status, and that no traceback reaches anybody."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from standards_wf.cli.main import standards_wf
from standards_wf.cli.speaking import Spoken, SpokenGroup, language_of
from standards_wf.wording.language import Language
from tests.cli.conftest import Run

CONTRACT = (
    "serve worker init demo act show generate search bench number",
    "procedure show, procedure verify, index rebuild, index verify, audit verify, tokens create, tokens revoke",
    "users add, users list, users grant, users revoke, users reset-password",
)
PROGRAM = (sys.executable, "-m", "standards_wf.cli.main")


def commands(group: SpokenGroup, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Spoken]:
    found: dict[tuple[str, ...], Spoken] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, SpokenGroup):
            found |= commands(command, (*path, name))
        else:
            assert isinstance(command, Spoken)
            found[(*path, name)] = command
    return found


COMMANDS = commands(standards_wf)


def test_every_command_of_the_contract_is_there() -> None:
    promised = {
        *((name,) for name in CONTRACT[0].split()),
        *(tuple(each.split()) for each in ", ".join(CONTRACT[1:]).split(", ")),
    }
    assert promised <= COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example_in_both_languages(run: Run, path: tuple[str, ...]) -> None:
    said = {language: run(*path, "--help", "--lang", language) for language in ("zh", "en")}
    for result in said.values():
        assert result.exit_code == 0
        assert f"standards-wf {' '.join(path)}" in result.output.split(":", 1)[-1].split("：", 1)[-1]
    assert "示例" in said["zh"].output
    assert "Example:" in said["en"].output
    frame = said["en"].output.split("Example:")[0] + said["en"].output.split("Options:")[-1]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in frame)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_example_of_every_command_can_be_typed(path: tuple[str, ...]) -> None:
    """The parser understands each example; what it would do is asked elsewhere."""
    command = COMMANDS[path]
    for line in command.example.splitlines():
        words = shlex.split(line.partition(">")[0])
        assert tuple(words[: len(path) + 1]) == ("standards-wf", *path)
        command.make_context(" ".join(path), words[len(path) + 1 :], resilient_parsing=False)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ZH),
        ({"LANG": "C.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, Language.EN),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, Language.EN),
    ],
)
def test_it_speaks_chinese_unless_the_terminal_speaks_english(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) is language


def test_the_language_can_be_chosen_before_and_behind_the_command(run: Run) -> None:
    for words in (("--lang", "en", "number", "x"), ("number", "x", "--lang", "en")):
        assert "not of a known family" in run(*words).stderr
    assert "not of a known family" in run("number", "x", LANG="en_US.UTF-8").stderr
    assert "不属于已知的编号系列" in run("number", "x").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "standards-wf"),
        (("dance",), "没有命令 dance"),
        (("number",), "缺少"),
        (("number", "--loud", "x"), "没有选项 --loud"),
        (("act", "1", "dance"), "可用的有：apply、decline"),
        (("act", "1", "apply", "--field", "nonsense"), "--field 的值不对：“nonsense”应写作 名称=值"),
        (("generate", "1", "comment_table", "-o", "x.txt"), ".docx"),
        (("serve", "--port", "many"), "--port"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_an_installation_without_its_key_is_told_to_run_init(run: Run) -> None:
    result = run("show", "1")
    assert result.exit_code == 2
    assert "standards-wf init" in result.stderr


@pytest.mark.usefixtures("instance")
def test_every_setting_that_is_wrong_is_named(run: Run) -> None:
    result = run("show", "1", STANDARDS_WF_PORT="many", STANDARDS_WF_TIMEZONE="Mars/Olympus")
    assert result.exit_code == 2
    assert "STANDARDS_WF_PORT" in result.stderr
    assert "STANDARDS_WF_TIMEZONE" in result.stderr


def test_a_database_of_another_version_is_told_to_run_init(run: Run, instance: Path) -> None:
    (instance / "standards.sqlite3").unlink()
    result = run("users", "list")
    assert result.exit_code == 2
    assert "standards-wf init" in result.stderr


def test_a_database_that_is_none_is_a_sentence(run: Run, instance: Path) -> None:
    (instance / "standards.sqlite3").write_text("this is no database " * 1000)
    result = run("users", "list")
    assert result.exit_code == 1
    assert "数据库不能使用" in result.stderr


def test_what_nobody_expected_is_one_sentence_and_the_log_has_the_rest(
    run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_args: object, **_more: object) -> None:
        raise RuntimeError("the roof")

    monkeypatch.setattr("standards_wf.cli.commands.cases.overview_of", fall)
    monkeypatch.setattr("standards_wf.cli.commands.cases.project_named", lambda *_: 1)
    result = run("show", "1")
    assert result.exit_code == 1
    assert "日志" in result.stderr
    assert "the roof" not in result.stderr
    log = (instance / "log" / "standards-wf.log").read_text(encoding="utf-8")
    assert "RuntimeError: the roof" in log


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "STANDARDS_WF_INSTANCE": str(folder), "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}


def test_the_process_ends_with_the_status(folder: Path) -> None:
    for words, status in ((("DB31T1-2025",), 0), (("nonsense",), 1), ((), 2)):
        ended = subprocess.run([*PROGRAM, "number", *words], env=environment(folder), capture_output=True, check=False)
        assert ended.returncode == status
        assert b"Traceback" not in ended.stderr


def test_a_reader_who_has_had_enough_hears_no_complaint(folder: Path) -> None:
    program = subprocess.Popen(
        [*PROGRAM, "procedure", "show", "local_standard", "--json"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout
    program.stdout.close()
    assert program.stderr
    assert program.stderr.read() == b""
    program.stderr.close()
    program.wait(timeout=30)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_stops_when_it_is_asked_to(instance: Path, number: signal.Signals) -> None:
    worker = subprocess.Popen([*PROGRAM, "worker"], env=environment(instance), stderr=subprocess.PIPE)
    assert worker.stderr
    alive = instance / "worker.alive"
    deadline = time.monotonic() + 60
    while not alive.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive.exists()
    worker.send_signal(number)
    assert worker.wait(timeout=15) == 0
    assert b"Traceback" not in worker.stderr.read()
    worker.stderr.close()
