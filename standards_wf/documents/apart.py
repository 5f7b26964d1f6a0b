"""Reading a file that a stranger wrote, in a process of its own with limits on memory and time.

Whatever such a file does costs its own reading and nothing else: the process that asked goes on.
"""

import json
import logging
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Protocol

from standards_wf.documents.correcting import NONE, Corrections
from standards_wf.documents.elements import Tree
from standards_wf.documents.inspect import FileKind, UploadLimits, UploadRefused, inspect_upload
from standards_wf.documents.problems import UploadProblem
from standards_wf.documents.reading import read_tree
from standards_wf.documents.tree_json import from_json
from standards_wf.workflow.refusals import Refusal

OUT_OF_MEMORY = 3
"""The status with which the process that reads tells that its memory did not suffice."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much reading one file may cost."""

    upload: UploadLimits = field(default_factory=UploadLimits)
    seconds: int = 60
    memory_mb: int = 512


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was inspected and read."""

    filename: str
    tree: Tree


class Reader(Protocol):
    """Who opens and reads texts."""

    def read(self, docx: bytes, filename: str, corrections: Corrections = NONE) -> ReadFile:
        """Inspect a docx and read it, with what was put right by hand. Raises UploadRefused, Unreadable."""


@dataclass(frozen=True, slots=True)
class ReaderHere:
    """Reads in this process: for files that this system made."""

    limits: UploadLimits = field(default_factory=UploadLimits)

    def read(self, docx: bytes, filename: str, corrections: Corrections = NONE) -> ReadFile:
        """Inspect a docx and read it, with what was put right by hand. Raises UploadRefused, Unreadable."""
        seen = inspect_upload(docx, filename, allowed=frozenset({FileKind.DOCX}), limits=self.limits)
        return ReadFile(seen.filename, read_tree(docx, corrections))


@dataclass(frozen=True, slots=True)
class ReaderApart:
    """Reads in a process of its own, which is ended when it takes too long or too much."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)

    def read(self, docx: bytes, filename: str, corrections: Corrections = NONE) -> ReadFile:
        """Inspect a docx and read it, with what was put right by hand. Raises UploadRefused."""
        limits = self.limits
        upload = limits.upload
        if len(docx) > upload.file_bytes:  # said here: what is too large is not even handed over
            inspect_upload(docx, filename, allowed=frozenset({FileKind.DOCX}), limits=upload)
        asked = {
            "filename": filename,
            "corrections": dict(corrections),
            "memory_mb": limits.memory_mb,
            "seconds": limits.seconds,
            "limits": [upload.file_bytes, upload.unpacked_bytes, upload.xml_part_bytes, upload.parts, upload.ratio],
        }
        command = [sys.executable, "-m", "standards_wf.documents.reading_process", json.dumps(asked)]
        try:
            done = subprocess.run(command, input=docx, capture_output=True, timeout=limits.seconds, check=False)
        except subprocess.TimeoutExpired:
            raise UploadRefused(UploadProblem.TAKES_TOO_LONG, name=filename, seconds=limits.seconds) from None
        if done.returncode == -signal.SIGXCPU:
            raise UploadRefused(UploadProblem.TAKES_TOO_LONG, name=filename, seconds=limits.seconds)
        if done.returncode == OUT_OF_MEMORY or done.returncode < 0:  # libraries in C end by a signal
            raise UploadRefused(UploadProblem.NEEDS_TOO_MUCH, name=filename, limit=f"{limits.memory_mb} MB")
        if done.returncode != 0:
            log.error("reading %s ended with %d: %s", filename, done.returncode, done.stderr.decode(errors="replace"))
            raise UploadRefused(UploadProblem.READING_FAILED, name=filename)
        told = json.loads(done.stdout)
        if "refused" in told:
            raise UploadRefused(UploadProblem(told["refused"]), **told["params"])
        return ReadFile(told["filename"], from_json(told["tree"]))


def refusal_as_json(refusal: Refusal) -> dict[str, object]:
    """A refusal as the process that reads hands it back."""
    return {"refused": str(refusal.code), "params": {name: str(each) for name, each in refusal.params.items()}}
