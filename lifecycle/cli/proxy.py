"""HAProxy before several processes of the app: its configuration as text, and where the program is.

A learner's page, websocket, uploads and downloads must reach one process, since Streamlit keeps a session's state
there. The proxy remembers which: by the learner's cookie, which every page brings or renews, so that the first answer
decides, in another site's frame too. One that lost its process stays where it went.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

# Debian keeps the program where only root's PATH looks.
_ALSO = ("/usr/sbin", "/usr/local/sbin")

SETTINGS = """\
global
    log stderr format raw daemon warning
    fd-hard-limit 65536

defaults
    mode http
    log global
    option forwardfor
    # Each event of a stream goes on at once.
    option http-no-delay
    # A request that finds its process gone is asked of another; what was changed by it is not asked twice.
    option redispatch 1
    retries 3
    retry-on conn-failure empty-response
    timeout connect 3s
    timeout http-request 15s
    # Streams of events have a beat every 15 s; a large upload or a long sweep takes its time.
    timeout client 5m
    timeout server 5m
    # Websockets are open for as long as somebody learns.
    timeout tunnel 24h
"""

AFFINITY = """\
    balance leastconn
    http-request disable-l7-retry if !METH_GET
    # Keys are a learner's cookie or, where a browser keeps none, the address that asks. Classes need none of this:
    # phones, hall and desk may each be at another process.
    stick-table type string len 45 size 200k expire 24h
    acl has_cookie req.cook(headwaters_learner) -m found
    acl of_session path_sub /_stcore/ /media/
    stick on req.cook(headwaters_learner)
    stick on src if of_session !has_cookie
    stick store-response res.cook(headwaters_learner)
"""

CHECKS = """\
    # Whether a process answers at all; one that is too busy to is let be for half a minute.
    option httpchk GET /healthz
    http-check expect rstatus ^[234]
    timeout check 10s
    default-server check inter 5s fastinter 1s downinter 1s fall 3 rise 1 on-marked-down shutdown-sessions
"""

# Servers by name, such as containers, which have another address whenever they are made anew.
RESOLVERS = """\
resolvers system
    parse-resolv-conf
    hold valid 5s
"""
BY_NAME = "    default-server resolvers system init-addr libc,none"


def program() -> str | None:
    """The path of HAProxy, None where there is none."""
    return shutil.which("haproxy") or shutil.which("haproxy", path=os.pathsep.join(_ALSO))


def configuration(address: str, port: int, processes: Sequence[str], *, by_name: bool = False) -> str:
    """HAProxy's configuration: it listens at `address` ("" for all), and shares out to `processes` as `host:port`.

    `by_name`: the hosts are names that may come to stand for another address while it runs.
    What `/metrics/2` asks is asked of the second process alone, as `/metrics`: no other's figures are its own. Where
    there is no such process, it is not found.
    """
    servers = [f"    server process{nth} {at}" for nth, at in enumerate(processes, 1)]
    names = [BY_NAME] if by_name else []
    path = "    http-request replace-path '(.*)/[0-9]+$' '\\1'"
    alone = [
        "\n".join((f"\nbackend process{nth}", path, *names, f"{server} track processes/process{nth}"))
        for nth, server in enumerate(servers, 1)
    ]
    return "\n".join(
        (
            SETTINGS,
            *([RESOLVERS] if by_name else []),
            "frontend learners",
            f"    bind {address or '*'}:{port}",
            "    acl of_process path_reg '/metrics/[0-9]+$'",
            "    use_backend process%[path,field(-1,/)] if of_process",
            "    default_backend processes",
            "    http-response set-header x-served-by %s",
            "",
            "backend processes",
            "    http-request deny deny_status 404 if { path_reg '/metrics/[0-9]+$' }",  # of no process that there is
            AFFINITY + CHECKS.rstrip(),
            *names,
            *servers,
            *alone,
            "",
        )
    )
