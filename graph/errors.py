"""Every error this project raises on purpose; ``iga help`` lists them by code."""

import errno
from typing import ClassVar


class IgaError(Exception):
    """An error with a stable code, an HTTP status and an exit code, each that of the kind above where it has no own.

    Its message names what is wrong, where, the value, and what to do about it.
    """

    code: ClassVar[str] = "IGA-1000"
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init_subclass__(cls, *, code: int | None = None, http: int | None = None, exits: int | None = None) -> None:
        super().__init_subclass__()
        cls.code = cls.code if code is None else f"IGA-{code}"
        cls.http_status = cls.http_status if http is None else http
        cls.exit_code = cls.exit_code if exits is None else exits

    def __init__(self, message: str, *, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = suggestions


class SettingsError(IgaError, code=1001, exits=2):
    """A setting is missing, unknown or malformed."""


class DomainError(IgaError, code=1101):
    """A declaration in our own code is wrong; raised at import."""


class UsageError(IgaError, code=1201, http=422, exits=2):
    """A parameter or option cannot be used so."""


class NotAcceptable(UsageError, code=1204, http=406):
    """The answer cannot be had in the form that is asked for."""


class InputError(IgaError, code=1301, http=422, exits=3):
    """What the user gave us is wrong, and we say where."""


class MappingError(InputError, code=1302):
    """A mapping does not fit the domain or itself."""


class HeaderError(InputError, code=1303):
    """A file's columns are not the columns its mapping names."""


class FileRefused(InputError, code=1304):
    """A file is unreadable, oversized or hostile."""


class ClassifiedText(InputError, code=1305):
    """A file holds text that looks classified; the text is never echoed."""


class ShrinkRefused(InputError, code=1306):
    """A load would withdraw too much of what its source said before."""


class StaleEdition(InputError, code=1307):
    """An older edition of a source arrives after a newer one."""


class RowKeyChanged(InputError, code=1308):
    """The columns of the row key are not those of the source's earlier loads."""


class Contradiction(InputError, code=1309):
    """A judgement contradicts those already given."""


class DumpRefused(InputError, code=1310):
    """A dump is damaged, incomplete or not meant for this ledger."""


class NotFound(IgaError, code=1401, http=404, exits=4):
    """Nothing has this id, name or question."""


class Ambiguous(NotFound, code=1402, http=409):
    """Several things have this name.

    Attributes:
        parameter, typed: What was asked with the name, and the name; blank where several questions may be meant.
    """

    def __init__(
        self, message: str, *, suggestions: tuple[str, ...] = (), parameter: str = "", typed: str = ""
    ) -> None:
        super().__init__(message, suggestions=suggestions)
        self.parameter = parameter
        self.typed = typed


class Withdrawn(NotFound, code=1403, http=410):
    """What had this id was withdrawn by its source."""


class Merged(NotFound, code=1404, http=308):
    """This id was merged into another, which stands for it."""

    def __init__(self, message: str, *, canonical: str) -> None:
        super().__init__(message)
        self.canonical = canonical


class StaleCursor(UsageError, code=1203, http=409):
    """The pages before were of another state or day: begin again with the first."""


class StoreError(IgaError, code=1501, http=503, exits=5):
    """The graph store did not do what it was asked."""


class StoreUnavailable(StoreError, code=1502):
    """The store is held by another process, down, full, or the password is wrong."""


class StoreBusy(StoreError, code=1503):
    """Another writer got in the way; the whole transaction may be run again."""


class StoreRefused(StoreError, code=1504):
    """The store is newer than the program, belongs to another ledger, or is not ours."""


class QueryFailed(StoreError, code=1505, http=500):
    """The statement or one of its parameters is wrong; it will fail again."""


class ConstraintViolated(StoreError, code=1506, http=500):
    """A key exists already, or a node still has relationships."""


class ReadOnly(StoreError, code=1507, http=500):
    """A write was sent where only reads are allowed."""


class TimedOut(StoreError, code=1508):
    """The statement ran longer than the store's time limit."""


class StoreDamaged(StoreError, code=1509):
    """The graph's files hold something else than was written; a rebuild makes them anew from the ledger."""


class LedgerError(IgaError, code=1601, http=503, exits=5):
    """The ledger did not do what it was asked."""


class LedgerLocked(LedgerError, code=1602):
    """Another writer holds the ledger; the message says who."""


class LedgerRefused(LedgerError, code=1603):
    """The ledger is newer than the program, or the file is not a ledger."""


class LedgerDamaged(LedgerError, code=1605):
    """Something in the ledger is not what was written; the message names it."""


class NotNoted(LedgerError, code=1604):
    """It must be noted in the audit log, which cannot be written."""


class Denied(IgaError, code=1701, http=403, exits=6):
    """The reader may not see or do this."""


class NotAdmitted(IgaError, code=1702, http=401, exits=6):
    """Who asks is not known here."""


class SystemRefused(IgaError, code=1901, http=503, exits=5):
    """The system refused a file or the output: no room, no right, no memory, or a disk that fails."""


class TooMany(IgaError, code=1802, http=429, exits=5):
    """Whoever asks does so too often, or too much at once: ask again in a moment."""


class Busy(IgaError, code=1801, http=503, exits=5):
    """The service does as much as it can, or waited too long: ask again in a moment."""


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
