"""The process that reads one file: it limits itself first, then takes the file from its standard input."""

import json
import resource
import sys

from standards_wf.documents.apart import OUT_OF_MEMORY, ReaderHere, refusal_as_json
from standards_wf.documents.correcting import ReadAs
from standards_wf.documents.inspect import UploadLimits, UploadRefused
from standards_wf.documents.package import Unreadable
from standards_wf.documents.problems import UploadProblem
from standards_wf.documents.tree_json import as_json


def main() -> None:
    """Read the file and print the tree, or the reason why not, as JSON."""
    asked = json.loads(sys.argv[1])
    memory, seconds = asked["memory_mb"] * 1024 * 1024, asked["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        reader = ReaderHere(UploadLimits(*asked["limits"]))
        corrections = {int(at): ReadAs(read_as) for at, read_as in asked["corrections"].items()}
        read = reader.read(sys.stdin.buffer.read(), asked["filename"], corrections)
        told: dict[str, object] = {"filename": read.filename, "tree": as_json(read.tree)}
    except UploadRefused as refused:
        told = refusal_as_json(refused.refusal)
    except Unreadable as unreadable:
        told = {
            "refused": UploadProblem.BROKEN,
            "params": {"name": asked["filename"], "part": str(unreadable)[:80]},
        }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
