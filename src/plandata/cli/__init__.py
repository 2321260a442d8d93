"""The command line: the entry point of the `plandata` command."""

import atexit
import gc
import os

from plandata.cli import assess, check, drafts, monitor, read
from plandata.cli.common import app, net, streams
from plandata.cli.help import Command, Group

for group in (app, monitor.monitor):
    group.info.cls = Group
    for command in group.registered_commands:
        command.cls = Command

__all__ = ["app", "assess", "check", "drafts", "monitor", "read", "run"]


# So many new objects are looked through for garbage together.
SELDOM = 100_000
# Beyond so many processors one that is idle is no loss.
FEW = 4


def settings(processors: int) -> dict[str, str]:
    """What is told to Polars before it is loaded, by names of the environment; who sets them there decides.

    >>> settings(2)["POLARS_MAX_THREADS"], "POLARS_MAX_THREADS" in settings(FEW + 1)
    ('3', False)
    """
    # One arena for all sizes in place of four for each processor and one for large ones: the allocator gives to one
    # rule what another one freed, and millions of rows take a twentieth less time and memory.
    told = {"_RJEM_MALLOC_CONF": "narenas:1,oversize_threshold:0"}
    # A thread that waits for Python leaves its processor idle: where there are few, another thread takes it.
    return told | ({"POLARS_MAX_THREADS": str(processors + 1)} if processors <= FEW else {})


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run() -> None:
    """Runs the command: exit 0 = fine, 1 = findings, 2 = cannot run, 130 = interrupted."""
    # What libraries make while they are loaded stays: to look it through for garbage again and again takes a tenth of
    # the time of loading them.
    gc.set_threshold(SELDOM)
    # What is left at the end goes with the process: to look it through for garbage takes longer than many a rule.
    atexit.register(gc.freeze)
    for name, value in settings(processors()).items():
        os.environ.setdefault(name, value)
    with streams(), net():
        app()
