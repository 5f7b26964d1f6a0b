"""The parts of one installation, made once from its settings: database, files, index, office."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.documents.apart import Reader, ReaderApart, ReadingLimits
from standards_wf.documents.inspect import UploadLimits
from standards_wf.documents.pdf import Office
from standards_wf.models.database import make_engine, session_factory
from standards_wf.search.backend import SearchBackend
from standards_wf.search.whoosh_backend import WhooshBackend
from standards_wf.services.storage import FileStore
from standards_wf.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """What the entrances share; the session is each one's own."""

    settings: Settings
    store: FileStore
    search: SearchBackend
    office: Office
    reader: Reader

    @classmethod
    def of(cls, settings: Settings) -> "Installation":
        """Put the parts together as the settings say."""
        return cls(
            settings=settings,
            store=FileStore(settings.storage_folder),
            search=WhooshBackend(settings.search_folder),
            office=Office(),
            reader=ReaderApart(limits_of(settings)),
        )


def limits_of(settings: Settings) -> ReadingLimits:
    """How much reading an upload may cost."""
    upload = UploadLimits(file_bytes=settings.max_upload_mb * 1024 * 1024)
    return ReadingLimits(upload, settings.reading_seconds, settings.reading_memory_mb)


@dataclass(frozen=True, slots=True)
class Workplace:
    """An installation with its database, for whoever works outside a request: worker, command line, demonstration."""

    installation: Installation
    engine: Engine
    sessions: sessionmaker[Session]

    @classmethod
    def of(cls, settings: Settings) -> "Workplace":
        """Open the installation that the settings describe."""
        engine = make_engine(settings.database_url)
        return cls(Installation.of(settings), engine, session_factory(engine))
