"""The door for WSGI servers."""

from standards_wf.app import create_app

app = create_app()
