"""The worker as it is started for real, but for the making of papers. Run as `python -m tests.support.ordinary_worker`."""

import os

from standards_wf.settings import Settings
from standards_wf.worker.loop import run
from tests.support.effects import generate_lightly

if __name__ == "__main__":
    run(Settings.from_environment(os.environ), generate_lightly)
