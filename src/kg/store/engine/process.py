"""What the engine asks of the operating system: limits, priorities, and to die with a parent (Linux)."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import select
import signal
import socket
import time
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PAGE = resource.getpagesize()
MEMORY = os.sysconf("SC_PHYS_PAGES") * _PAGE
"""Bytes of memory that the machine has."""
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when `parent`, which started it, ends; it may have ended already."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


class HangUp:
    """Inside of it, the kernel ends this process (SIGIO) when the other side of a silent connection hangs up."""

    def __init__(self, connection: socket.socket) -> None:
        self._handle = connection.fileno()
        self._flags = fcntl.fcntl(self._handle, fcntl.F_GETFL)
        fcntl.fcntl(self._handle, fcntl.F_SETOWN, os.getpid())
        self._gone = select.poll()
        self._gone.register(self._handle, select.POLLHUP)

    def __enter__(self) -> None:
        fcntl.fcntl(self._handle, fcntl.F_SETFL, self._flags | os.O_ASYNC)
        if self._gone.poll(0):  # before the kernel was asked to tell
            signal.raise_signal(signal.SIGIO)

    def __exit__(self, *_: object) -> None:
        fcntl.fcntl(self._handle, fcntl.F_SETFL, self._flags)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def leave_the_network() -> bool:
    """Take this process and its children out of every network (unshare(2)); tell whether the system allowed it."""
    return any(_libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def address_space() -> int:
    """Return the bytes of address space that this process has."""
    handle = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)  # a file object costs a fresh fork 200 pages
    try:
        return int(os.read(handle, 256).split()[0]) * _PAGE
    finally:
        os.close(handle)


def pages_copied() -> int:
    """Return the bytes of pages that this process was given since it began, those it shared until then included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * _PAGE


def limit_memory(growth: int) -> None:
    """Let this process take `growth` bytes of address space more than it has now."""
    size = address_space()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = size + growth if hard == resource.RLIM_INFINITY else min(size + growth, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def volunteer_for_the_oom_killer() -> None:
    """Make this process the first that the kernel ends when memory runs out."""
    with suppress(OSError):  # not every container lets a process say so
        handle = os.open("/proc/self/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(handle, b"1000")
        finally:
            os.close(handle)


_PROCESSORS = sorted(os.sched_getaffinity(0))
CORES = len(_PROCESSORS)
"""How many processors there are for this process and those that it forks."""


KEEPER = -5
"""The priority of keepers, where the system allows it: whoever stops the others must get the processor.

What a keeper forks does not begin with it (SCHED_RESET_ON_FORK of sched(7)): to make a crowd of workers ready takes the
processor for longer than a short query may wait.
"""


IDLE = 20
"""The priority of what runs only where nothing else wants the processor (SCHED_IDLE of sched(7))."""


APART = 21
"""The priority of what keeps off the first processor, where there are more.

Not of the idle class: the system wakes others on a processor that runs nothing else, as if it were free, and they wait
there until its next tick; so the first processor is to be seen as the free one.
"""


def set_priority(pid: int, nice: int) -> None:
    """Give a process (0: this one) the priority `nice` (19 is the lowest, but for `IDLE` and `APART`)."""
    policy = os.SCHED_IDLE if nice == IDLE else os.SCHED_OTHER
    if nice <= KEEPER:
        policy |= os.SCHED_RESET_ON_FORK
    with suppress(OSError):  # it has just ended, or may not be raised, or a container forbids the call
        os.sched_setscheduler(pid, policy, os.sched_param(0))
    with suppress(OSError):
        os.sched_setaffinity(pid, (nice == APART and _PROCESSORS[1:]) or _PROCESSORS)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, min(nice, IDLE - 1))


def regain_priority() -> bool:
    """Give this process the priority that it began with, where it was lowered; tell whether the system allows it."""
    if os.getpriority(os.PRIO_PROCESS, 0) <= 0:
        return True
    try:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        os.sched_setaffinity(0, _PROCESSORS)
        os.setpriority(os.PRIO_PROCESS, 0, 0)
    except OSError:
        return False
    return True


def pause(pid: int) -> None:
    """Stop a process; what would end it takes effect when it goes on, but for SIGKILL."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)


def go_on(pid: int) -> None:
    """Let a process that was paused go on, or end of what has come in the meantime."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def processor_time(pid: int) -> float:
    """Return the seconds of processor time that a process has spent; infinity where it is gone.

    The clock of another process is numbered as clock_getcpuclockid(3) does on Linux.
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return float("inf")


def no_core_dumps() -> None:
    """Keep a crash from writing the dataset to disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
