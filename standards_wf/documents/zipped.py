"""A docx written so that the same parts always give the same bytes."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(docx: bytes) -> bytes:
    """The same parts in a zip that does not tell when, or on what system, it was written."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as parts, zipfile.ZipFile(written, "w") as anew:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            anew.writestr(entry, parts.read(name), compresslevel=6)
    return written.getvalue()
