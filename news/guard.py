"""The publishers' sockets are made here; or not at all, by the private-address guard.

It sits where the socket is made because only there the final address is known: after DNS (a name may be bound
anew between a check and the connection), for every hop of a redirect, and for every spelling of an address.
"""

import errno
import ipaddress
import socket
from typing import Any

# In bytes; Linux takes it twice.
AHEAD = 64 * 1024


class PrivateAddress(OSError):
    """The connection would lead into a private network.

    The message is the same for every address: that way a host with several private ones still ends in
    this error and not in a combined one.
    """

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "private address refused")


_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address (as getaddrinfo gives it) is one of the open internet's."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        carried = _carried(ip)
        return is_public(str(carried)) if carried else ip in _UNICAST and ip.is_global
    return ip.is_global and not ip.is_multicast


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that packets to this one end up at: mapped, by 6to4, or behind a NAT64."""
    behind_nat = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else None
    return ip.ipv4_mapped or ip.sixtofour or behind_nat


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for this getaddrinfo row; raises PrivateAddress for one that isn't public."""
    if not is_public(info[4][0]):
        raise PrivateAddress
    return modest_socket(info)


def modest_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for this getaddrinfo row that takes in little ahead: with hundreds open at once that adds up."""
    made = socket.socket(*info[:3])
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, AHEAD)
    return made
