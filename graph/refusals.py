"""What the operating system's refusals mean for a user: the system's word, and what to do."""

import errno

from iga.graph.errors import SystemRefused

_REMEDIES = {
    errno.ENOSPC: "free some space, or choose another place",
    errno.EDQUOT: "free some of the space that your account may have, or choose another place",
    errno.EFBIG: "this account or disk allows no larger file: choose another place",
    errno.EROFS: "the disk is only for reading: choose another place",
    errno.EACCES: "ask for access, or choose another place",
    errno.EPERM: "ask for access, or choose another place",
    errno.EIO: "the disk or network share fails: check it, or choose another place",
    errno.ESTALE: "the network share was lost: connect it again",
    errno.EMFILE: "this account may open too few files at once: raise the limit (ulimit -n 4096)",
    errno.ENFILE: "the machine has too many files open: end other programs",
    errno.ENOMEM: "end other programs, or allow this one more memory",
    errno.ENAMETOOLONG: "choose a shorter name or folder",
    errno.EISDIR: "a folder stands where a file belongs: move it away",
    errno.ENOTDIR: "a file stands where a folder belongs: move it away",
    errno.EEXIST: "something else stands where it belongs: move it away",
    errno.ELOOP: "a link stands where a file belongs, and is not followed: remove it",
    errno.ENOENT: "make its folder, or choose another place",
    errno.EBADF: "give the command an output",
}


def reason_of(error: OSError) -> str:
    """Return why the system refused, and what to do about it, for the end of a sentence."""
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{error.strerror or error}{f': {remedy}' if remedy else ''}"


def refused(what: str, error: OSError) -> SystemRefused:
    """Return the error that something, such as "the lock /srv/graph.lock", cannot be used."""
    return SystemRefused(f"{what} cannot be used ({reason_of(error)})")
