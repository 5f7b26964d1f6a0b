"""`read` works on any docx, without an installation."""

import json
from pathlib import Path

import docx

from tests.cli.conftest import Run


def written(folder: Path) -> Path:
    document = docx.Document()
    for text in ("1　范围", "本文件规定了充电桩的要求。", "2　要求", "2.1　充电桩应接地。", "9.9　不连续的条"):
        document.add_paragraph(text)
    file = folder / "草案.docx"
    document.save(str(file))
    return file


def test_read_prints_the_structure_and_what_was_not_understood(run: Run, tmp_path: Path) -> None:
    done = run("read", written(tmp_path))

    assert done.exit_code == 0
    assert "1　范围  (手工编号)" in done.stdout
    assert "像条号但不连续，按正文处理  9.9 不连续的条（在“2.1”）" in done.stdout


def test_read_gives_programs_the_tree_and_its_provisions(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("read", written(tmp_path), "--json").stdout)

    assert [section["label"] for section in told["sections"]] == ["1", "2"]
    assert told["provisions"][0] == {
        "clause": "2.1",
        "kind": "requirement",
        "verb": "应",
        "text": "充电桩应接地。",
    }


def test_read_says_why_it_does_not_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "假的.docx"
    file.write_bytes(b"not a docx")

    refused = run("read", file)
    assert refused.exit_code == 1
    assert "假的.docx" in refused.stderr
