"""The index survives its writers: swaps, crashes and several processes at once."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standards_wf.errors import Unavailable
from standards_wf.search.backend import Document
from standards_wf.search.query import parse_query
from standards_wf.search.versions import IndexVersions
from standards_wf.search.whoosh_backend import WhooshBackend
from tests.unit.search.corpus import document

ROOT = Path(__file__).parents[3]


def documents(count: int, word: str) -> Iterator[Document]:
    return (document(place, f"{word}规范{place}", scope=f"{word}的要求") for place in range(count))


def total(backend: WhooshBackend, typed: str) -> int:
    return backend.search(parse_query(typed)).total


def versions(root: Path) -> set[str]:
    return {path.name for path in root.iterdir() if path.is_dir()}


def test_a_rebuild_swaps_the_index_and_open_readers_notice(tmp_path: Path) -> None:
    writer, reader = WhooshBackend(tmp_path), WhooshBackend(tmp_path)
    writer.rebuild(documents(10, "碳汇"))
    assert (total(reader, "碳汇"), total(reader, "绿化")) == (10, 0)
    assert writer.rebuild(documents(7, "绿化")) == 7
    assert (total(reader, "碳汇"), total(reader, "绿化")) == (0, 7)


def test_old_versions_are_removed_in_time(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    for round_ in range(5):
        backend.rebuild(documents(round_ + 1, "碳汇"))
        assert total(backend, "碳汇") == round_ + 1
    assert len(versions(tmp_path)) == 2


def test_readers_never_see_an_empty_or_half_built_index(tmp_path: Path) -> None:
    writer, reader = WhooshBackend(tmp_path), WhooshBackend(tmp_path)
    writer.rebuild(documents(20, "碳汇"))
    seen: set[int] = set()
    troubles: list[BaseException] = []
    stop = threading.Event()

    def read(backend: WhooshBackend) -> None:
        try:
            while not stop.is_set():
                seen.add(total(backend, "碳汇"))
        except BaseException as trouble:  # noqa: BLE001  whatever went wrong is the finding of this test
            troubles.append(trouble)

    threads = [threading.Thread(target=read, args=(backend,)) for backend in (reader, reader, WhooshBackend(tmp_path))]
    for thread in threads:
        thread.start()
    for _ in range(6):
        writer.rebuild(documents(20, "碳汇"))
        writer.replace_document(*document(3, "碳汇规范三", scope="碳汇"))
    stop.set()
    for thread in threads:
        thread.join()
    assert not troubles
    assert seen == {20}


def test_a_failed_rebuild_leaves_the_old_index_and_the_next_one_clears_up(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    backend.rebuild(documents(5, "碳汇"))

    def breaking() -> Iterator[Document]:
        yield from documents(2, "绿化")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        backend.rebuild(breaking())
    with pytest.raises(RuntimeError):
        backend.replace_documents(breaking())
    assert (total(backend, "碳汇"), total(backend, "绿化")) == (5, 0)
    backend.rebuild(documents(6, "碳汇"))
    assert len(versions(tmp_path)) == 2


def test_a_second_writer_waits_and_is_told_when_it_takes_too_long(tmp_path: Path) -> None:
    impatient = WhooshBackend(tmp_path, patience_seconds=0.1)
    with IndexVersions(tmp_path).writing(), pytest.raises(Unavailable):
        impatient.replace_document(*document(1, "碳汇"))
    impatient.replace_document(*document(1, "碳汇"))
    assert total(impatient, "碳汇") == 1


def test_several_threads_may_write_at_once(tmp_path: Path) -> None:
    backends = [WhooshBackend(tmp_path) for _ in range(4)]
    threads = [
        threading.Thread(target=backend.replace_documents, args=([document(place, "碳汇")],))
        for place, backend in enumerate(backends)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total(backends[0], "碳汇") == 4


def test_an_index_of_another_format_is_not_read_but_rebuilt(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    backend.rebuild(documents(3, "碳汇"))
    (tmp_path / "CURRENT").write_text("v000001-f0\n")
    assert total(WhooshBackend(tmp_path), "碳汇") == 0
    backend.rebuild(documents(4, "碳汇"))
    assert total(backend, "碳汇") == 4


# Whoosh forgets to close the file in which it found the damage; the collector closes it and says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_says_so_and_a_rebuild_mends_it(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path)
    backend.rebuild(documents(30, "碳汇"))
    for path in tmp_path.glob("v*/*.seg"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Unavailable, match="index rebuild"):
        total(backend, "碳汇")
    backend.rebuild(documents(3, "碳汇"))
    assert total(backend, "碳汇") == 3
    gc.collect()


def test_an_index_that_was_deleted_by_hand_is_empty_until_it_is_written_again(tmp_path: Path) -> None:
    WhooshBackend(tmp_path).rebuild(documents(3, "碳汇"))
    for folder in versions(tmp_path):
        shutil.rmtree(tmp_path / folder)
    backend = WhooshBackend(tmp_path)
    assert total(backend, "碳汇") == 0
    backend.replace_document(*document(1, "碳汇"))
    assert total(backend, "碳汇") == 1


WRITER = """
import sys
from pathlib import Path
from standards_wf.search.whoosh_backend import WhooshBackend
from tests.unit.search.corpus import document

backend = WhooshBackend(Path(sys.argv[1]))
many = lambda: (document(place, f"绿化规范{place}", scope="绿化" * 50) for place in range(400))
print("ready", flush=True)
while True:
    backend.rebuild(many()) if sys.argv[2] == "rebuild" else backend.replace_documents(many())
"""


@pytest.mark.parametrize("act", ["rebuild", "replace"])
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.15, 0.4])
def test_a_writer_killed_at_any_moment_leaves_a_whole_index(tmp_path: Path, act: str, delay: float) -> None:
    backend = WhooshBackend(tmp_path)
    backend.rebuild(document(place, f"碳汇规范{place}") for place in range(400, 410))
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), act], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
    for reader in (backend, WhooshBackend(tmp_path)):
        # Either the writer's commit happened as a whole or it did not happen.
        assert total(reader, "绿化") in {0, 400}
        assert total(reader, "碳汇") == (0 if act == "rebuild" and total(reader, "绿化") else 10)
    backend.replace_document(*document(999, "湿地"))
    assert total(backend, "湿地") == 1
    assert backend.rebuild(documents(3, "碳汇")) == 3
    assert len(versions(tmp_path)) <= 2
