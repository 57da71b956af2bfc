"""The number of files and sockets that this process may have open."""

from __future__ import annotations

import logging
import sys

log = logging.getLogger(__name__)


def allow_open_files(count: int) -> None:
    """Raise the soft limit of this process to `count`, as far as the system allows."""
    if sys.platform == "win32":  # it has no such limit
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    is_unlimited = hard == resource.RLIM_INFINITY
    most = count if is_unlimited else min(count, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < count:
        log.warning(
            "The system allows %d open files, which is too few for"
            " VALUENET_MAX_CONNECTIONS; lower the setting, or raise `ulimit -Hn`.",
            hard,
        )
