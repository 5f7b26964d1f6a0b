"""The web server and, beside it, the worker: started together, kept alive, and stopped together.

1. The address is tried first, so that a port in use is a sentence and not a stack of a foreign library.
2. Granian answers requests in several processes, each with a few threads.
3. The worker is a child process; when it dies it is started again, after a pause that grows with each failure.
4. SIGINT, SIGTERM or a closed terminal stop everything; should this process be killed, its children end with it.
"""

import contextlib
import ctypes
import errno
import http.client
import importlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from standards_wf.errors import Unavailable
from standards_wf.logbook import open_log
from standards_wf.settings import Settings
from standards_wf.wording.language import t

APPLICATION = "standards_wf.app:create_app"
WORKER = (sys.executable, "-m", "standards_wf.cli.main", "worker")
SECONDS_TO_FINISH = 15
LONGEST_PAUSE = 60.0
GOOD_RUN = 60.0
"""A worker that has run for so many seconds was well; its next failure is the first again."""

log = logging.getLogger(__name__)


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    with_worker: bool,
    ready: Callable[[str], None] = print,
    application: str = APPLICATION,
    worker: Sequence[str] = WORKER,
) -> None:
    """Answer requests until told to stop; `ready` is called with the address as soon as a page can be fetched.

    Raises Unavailable when the address cannot be used, SystemExit(1) when the web processes cannot be kept alive.
    """
    address = _usable_address(host, port)
    hangup = signal.getsignal(signal.SIGHUP)
    server = Granian(
        application,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        factory=True,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_dictconfig={"handlers": {}, "loggers": {"_granian": {"propagate": True}}},
        log_level=LogLevels.error,
    )
    open_log(settings.log_folder)
    beside = _Worker(worker) if with_worker else None

    @server.on_startup
    def start() -> None:
        stop = signal.SIG_IGN if hangup is signal.SIG_IGN else server.signal_handler_interrupt
        signal.signal(signal.SIGHUP, stop)
        if beside:
            beside.start()
        threading.Thread(target=_tell_when_ready, args=(address, port, ready), daemon=True).start()

    try:
        server.serve(target_loader=partial(_load, application, os.getpid()), wrap_loader=False)
    finally:
        if beside:
            beside.stop()


class _Worker:
    """The worker as a child process that is started again whenever it dies."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep_alive, name="worker keeper")

    def start(self) -> None:
        """Start the worker, and keep it running from now on."""
        self._keeper.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, or end it when that takes too long."""
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join()

    def _keep_alive(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            status = self._run_once()
            if self._stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - started > GOOD_RUN else pause
            log.error("The worker ended with status %s; it is started again in %.0f s.", status, pause)
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run_once(self) -> int:
        """Start the worker and stay with it to its end; this thread lives as long as the worker does."""
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=partial(_end_with_parent, os.getpid()),  # noqa: PLW1509  a single system call, which needs no lock
        )
        while process.poll() is None and not self._stopping.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
        try:
            return process.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _load(application: str, parent: int) -> Callable[..., object]:
    """Make the application, inside a web process that has just been born.

    Until Granian takes over, a signal ends the process at once; a Ctrl-C at the terminal concerns the parent alone.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    with contextlib.suppress(PermissionError):
        os.setpgid(0, 0)
    _end_with_parent(parent)
    module, _, name = application.partition(":")
    try:
        return cast("Callable[..., object]", getattr(importlib.import_module(module), name)())
    except Exception:
        log.exception("The application cannot be started; the reason is in the log.")
        raise SystemExit(1) from None


def _end_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent is gone, even if the parent was killed.

    It is killed in its turn, because Granian can miss a SIGTERM while it starts; nothing that matters is only in memory.
    """
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before it could be asked
        os._exit(1)


def _usable_address(host: str, port: int) -> str:
    """The numeric address to listen on, tried once. Raises Unavailable with the reason."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            trial.listen()
    except OSError as error:
        raise Unavailable(_why_not(error, host, port)) from error
    return str(place[0])


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return t(
            "端口 {port} 已被其他程序占用：请先停止那个程序，或换一个端口，例如 make run PORT={other}。",
            "Port {port} is in use: stop the program that uses it, or choose another, for example make run PORT={other}.",
            port=port,
            other=port + 1,
        )
    if error.errno == errno.EACCES:
        return t(
            "不允许使用端口 {port}：1024 以下的端口只有管理员才能使用，请换一个端口。",
            "Port {port} may not be used: ports below 1024 belong to the administrator; choose another.",
            port=port,
        )
    return t(
        "无法在地址 {host} 上提供服务：{why}。",
        "The address {host} cannot be served: {why}.",
        host=host,
        why=error.strerror,
    )


def _tell_when_ready(address: str, port: int, ready: Callable[[str], None]) -> None:
    """Wait until a page can be fetched, and say so."""
    visited = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104  the address is only compared
    while True:
        try:
            connection = http.client.HTTPConnection(visited, port, timeout=60)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            connection.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            ready(f"http://{f'[{visited}]' if ':' in visited else visited}:{port}")
            return
