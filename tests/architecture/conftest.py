"""The application as a whole, as the tests of pages know it."""

from tests.web.conftest import app, browse, clock

__all__ = ["app", "browse", "clock"]
