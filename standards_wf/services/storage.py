"""The file store: immutable contents under their hash, in a folder of the instance."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.models.drafts import StoredFile


class FileStore:
    """Files by the SHA-256 of their content; the same content is kept once and never changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep these bytes and answer their hash. A crash leaves either the whole file or none."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of this hash. Raises NotFound when they are missing or no longer what they were."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("file", sha256) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise NotFound("file", sha256)
        return data


def keep(session: Session, store: FileStore, data: bytes, media_type: str, *, moment: Moment) -> str:
    """Keep a file and enter it in the register of files; answers its hash."""
    sha256 = store.put(data)
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(data), media_type=media_type, stored_at=moment.at))
        session.flush()
    return sha256
