"""Many hosts on one machine: 127.x.y.z, and sockets that listen there and nowhere else.

Linux has all of 127.0.0.0/8 on loopback; elsewhere only 127.0.0.1 answers.
"""

import socket
from collections.abc import Sequence
from contextlib import suppress

LOOPBACK_DEVICE = b"lo\0"
BACKLOG = 1024
_SPARE_FILES = 512
_HOSTS_IN_BLOCK = 250


def host(number: int) -> str:
    """The address of the feed of this number: 127.1.0.1, 127.1.0.2 …, 250 in a block."""
    block, place = divmod(number, _HOSTS_IN_BLOCK)
    return f"127.{1 + block // 256}.{block % 256}.{1 + place}"


def listen_anyhow(hosts: Sequence[str]) -> list[socket.socket]:
    """One socket for all hosts if the system allows it, else one for each."""
    _raise_file_limit(len(hosts))
    try:
        return listen_once(hosts)
    except (OSError, AttributeError):
        return listen_each(hosts)


def listen_once(_: Sequence[str]) -> list[socket.socket]:
    """One socket for every address of the loopback device, and for no other device. Raises OSError."""
    listener = socket.socket()
    try:
        # Bound to the device before it has an address: at no moment can another machine reach it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, LOOPBACK_DEVICE)
        listener.bind(("", 0))
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return [listener]


def listen_each(hosts: Sequence[str]) -> list[socket.socket]:
    """A socket for each host, all on one port. Raises OSError."""
    opened = [socket.create_server((hosts[0], 0), backlog=BACKLOG)]
    port = opened[0].getsockname()[1]
    try:
        opened += [socket.create_server((host, port), backlog=64) for host in hosts[1:]]
    except OSError:
        for listener in opened:
            listener.close()
        raise
    return opened


def _raise_file_limit(hosts: int) -> None:
    """Both ends of every connection are open files, here and in whoever reads all feeds from this process."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 3 * hosts + _SPARE_FILES
        if soft != resource.RLIM_INFINITY and soft < wanted:
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
