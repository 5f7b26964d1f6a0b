"""The server as its operator meets it: a process that is started, asked, hurt and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30

PROGRAM = """
import os, sys, time
from pathlib import Path
from standards_wf.errors import Unavailable
from standards_wf.server import serve
from standards_wf.settings import Settings, create_instance

def application():
    def answer(environ, start_response):
        if environ["PATH_INFO"] == "/die":
            os._exit(3)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(os.getpid()).encode()]
    return answer

if __name__ == "__main__":
    root = Path(sys.argv[1])
    create_instance(os.environ, root=root)
    settings = Settings.from_environment(os.environ, root=root)
    try:
        serve(settings, host=settings.host, port=settings.port, with_worker=True,
              application="program:application", worker=[sys.executable, sys.argv[2]])
    except Unavailable as refusal:
        sys.exit(str(refusal))
"""
WORKER = """
import os, time
with open("workers", "a") as record:
    print(os.getpid(), file=record, flush=True)
time.sleep(600)
"""


class Running:
    """A server that was started for a test."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"
        self._output = (folder / f"output-{time.monotonic_ns()}").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, folder / "program.py", folder, folder / "worker.py"],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": f"{folder}:{ROOT}",
                "STANDARDS_WF_PORT": str(port),
                "PYTHONUNBUFFERED": "1",
            },
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def output(self) -> str:
        self._output.seek(0)
        return self._output.read().decode()

    def get(self, path: str) -> int:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return int(answer.read())

    def workers(self) -> list[int]:
        record = self.folder / "workers"
        return [int(line) for line in record.read_text().split()] if record.exists() else []

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._output.close()


def eventually(what: str, holds: object) -> None:
    deadline = time.monotonic() + PATIENCE
    assert callable(holds)
    while not holds():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def running(folder: Path, port: int) -> Iterator[Running]:
    server = Running(folder, port)
    try:
        yield server
    finally:
        server.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "带 空格"
    folder.mkdir()
    (folder / "program.py").write_text(PROGRAM)
    (folder / "worker.py").write_text(WORKER)
    return folder


@pytest.fixture
def port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@pytest.fixture
def server(folder: Path, port: int) -> Iterator[Running]:
    with running(folder, port) as server:
        eventually("a page can be fetched", lambda: server.address in server.output())
        eventually("the worker runs", server.workers)
        yield server


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_web_and_worker_without_a_word(server: Running, how: signal.Signals) -> None:
    processes = [server.get("/"), *server.workers()]
    server.process.send_signal(how)
    assert server.process.wait(PATIENCE) == 0
    assert not any(alive(process) for process in processes)
    assert server.output().split() == [server.address]


def test_a_ctrl_c_that_reaches_the_whole_terminal_is_as_clean(server: Running) -> None:
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    assert server.output().split() == [server.address]


def test_a_killed_server_leaves_no_process_behind(server: Running) -> None:
    processes = [server.get("/"), *server.workers()]
    server.process.kill()
    eventually("all have ended", lambda: not any(alive(process) for process in processes))


def test_a_worker_that_died_is_started_again(server: Running) -> None:
    os.kill(server.workers()[0], signal.SIGKILL)
    eventually("a second worker runs", lambda: len(server.workers()) == 2)
    assert "started again" in server.output()


def test_a_web_process_that_died_is_replaced(server: Running) -> None:
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        server.get("/die")
    eventually("it is noticed", lambda: "Unexpected exit" in server.output())
    assert server.get("/")


def test_a_port_in_use_is_one_sentence_and_no(server: Running, folder: Path, port: int) -> None:
    with running(folder, port) as second:
        assert second.process.wait(PATIENCE) == 1
        (sentence,) = second.output().splitlines()
        assert str(port) in sentence
    assert server.get("/")
