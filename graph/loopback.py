"""Whose a TCP connection within this machine is, as Linux tells it: any account may connect to a port."""

import os
import struct
from ipaddress import ip_address
from pathlib import Path

_TABLES = {4: Path("/proc/net/tcp"), 6: Path("/proc/net/tcp6")}
_ESTABLISHED = "01"
_ADMINISTRATOR = 0

End = tuple[str, int]
"""Address and port of one end of a connection."""


def is_of_another_account(client: End, server: End) -> bool:
    """Say whether a connection is known not to be of our own account, nor of the administrator, who can do all anyway.

    Args:
        client: The other end.
        server: Our end.

    Returns:
        False also where nobody tells: the other end is no process of this machine, or the system is not Linux.
    """
    try:
        if not (address := ip_address(client[0])).is_loopback:
            return False
        ends = [_written(client), _written(server), _ESTABLISHED]
        lines = _TABLES[address.version].read_text("ascii").splitlines()
    except (ValueError, OSError):
        return False
    accounts = (int(fields[7]) for fields in map(str.split, lines) if fields[1:4] == ends)
    # One that is closed on the other side is nobody's any more: whoever still wants the answer is listed.
    return next(accounts, None) not in (_ADMINISTRATOR, os.getuid())


def _written(end: End) -> str:
    """Return an end as the table of the kernel has it: words of the machine's own order, in hexadecimal digits."""
    packed = ip_address(end[0]).packed
    words = struct.unpack(f"={len(packed) // 4}I", packed)
    return f"{''.join(f'{word:08X}' for word in words)}:{end[1]:04X}"
