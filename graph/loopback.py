"""Whose a TCP connection within this machine is, as Linux tells it: any account may connect to a port."""

import os
import struct
from ipaddress import ip_address
from pathlib import Path

_TABLES = {4: Path("/proc/net/tcp"), 6: Path("/proc/net/tcp6")}
_ESTABLISHED = "01"
_ADMINISTRATOR = 0

GONE = -1
"""Stands for an account where a connection is closed at the other end: whoever still wants an answer is listed."""

End = tuple[str, int]
"""Address and port of one end of a connection."""


def other_account(client: End, server: End) -> int | None:
    """Return which other account a connection comes from, by its number, or `GONE`.

    Returns:
        None where it is our own, or the administrator's, who can do all anyway; and where nobody tells: the other end
        is no process of this machine, or the system is not Linux.
    """
    try:
        if not (address := ip_address(client[0])).is_loopback:
            return None
        ends = [_written(client), _written(server), _ESTABLISHED]
        lines = _TABLES[address.version].read_text("ascii").splitlines()
    except (ValueError, OSError):
        return None
    accounts = (int(fields[7]) for fields in map(str.split, lines) if fields[1:4] == ends)
    account = next(accounts, GONE)
    return None if account in (_ADMINISTRATOR, os.getuid()) else account


def _written(end: End) -> str:
    """Return an end as the table of the kernel has it: words of the machine's own order, in hexadecimal digits."""
    packed = ip_address(end[0]).packed
    words = struct.unpack(f"={len(packed) // 4}I", packed)
    return f"{''.join(f'{word:08X}' for word in words)}:{end[1]:04X}"
