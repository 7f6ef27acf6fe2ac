"""Settings of the web server that are code: a web worker must not outlive its master, even one killed."""

import os
import signal
from typing import Any

from advocacy.environment import env
from advocacy.up import namespace

worker_class = "gthread"
workers = int(env("WEB_WORKERS"))
threads = int(env("WEB_THREADS"))
preload_app = True
control_socket_disable = True
graceful_timeout = 5
keepalive = 5
# The heartbeat file belongs in memory: on a slow disk a write there can stall a healthy worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def post_fork(server: Any, worker: Any) -> None:
    namespace.die_with_parent(server.pid, signal.SIGKILL)
