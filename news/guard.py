"""The private-address guard: the publishers' sockets are made here, or not at all.

It sits where the socket is made because only there the final address is known: after DNS (a name may be bound
anew between a check and the connection), for every hop of a redirect, and for every spelling of an address.
"""

import errno
import ipaddress
import socket
from typing import Any


class PrivateAddress(OSError):
    """The connection would lead into a private network.

    The message is the same for every address: that way a host with several private ones still ends in
    this error and not in a combined one.
    """

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "private address refused")


def is_public(address: str) -> bool:
    """Whether an IP address (as getaddrinfo gives it) is one of the open internet's."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (mapped is None or is_public(str(mapped)))


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for this getaddrinfo row; raises PrivateAddress for one that isn't public."""
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise PrivateAddress
    return socket.socket(family, kind, protocol)
