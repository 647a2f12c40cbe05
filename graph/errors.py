"""Every error this project raises on purpose.

IgaError                      code       http  exit
├── SettingsError             IGA-1001   500   2    a setting is missing, unknown or malformed
├── DomainError               IGA-1101   500   1    a declaration in our own code is wrong
├── UsageError                IGA-1201   422   2    a parameter or option cannot be used so
├── InputError                IGA-1301   422   3    what the user gave us is wrong, and we say where
│   ├── MappingError          IGA-1302   422   3    a mapping does not fit the domain or itself
│   ├── HeaderError           IGA-1303   422   3    a file's columns are not those its mapping names
│   ├── FileRefused           IGA-1304   422   3    a file is unreadable, oversized or hostile
│   ├── ClassifiedText        IGA-1305   422   3    a file holds text that looks classified
│   ├── ShrinkRefused         IGA-1306   422   3    a load would withdraw too much
│   ├── StaleEdition          IGA-1307   422   3    an older edition of a source arrives late
│   ├── RowKeyChanged         IGA-1308   422   3    the row key's columns are not those of before
│   ├── Contradiction         IGA-1309   422   3    a judgement contradicts those already given
│   └── DumpRefused           IGA-1310   422   3    a dump is damaged or not for this ledger
├── NotFound                  IGA-1401   404   4    nothing has this id, name or question
│   └── Ambiguous             IGA-1402   409   4    several things have it
├── StoreError                IGA-1501   503   5    the graph store did not do what it was asked
│   ├── StoreUnavailable      IGA-1502   503   5    it is held, down, or the password is wrong
│   ├── StoreBusy             IGA-1503   503   5    another writer got in the way; may be run again
│   ├── StoreRefused          IGA-1504   503   5    it is newer than the program, another ledger's, not ours
│   ├── QueryFailed           IGA-1505   500   5    the statement or a parameter is wrong
│   ├── ConstraintViolated    IGA-1506   500   5    a key exists already
│   ├── ReadOnly              IGA-1507   500   5    a write was sent where only reads are allowed
│   └── TimedOut              IGA-1508   503   5    it ran longer than the time limit
├── LedgerError               IGA-1601   503   5    the ledger did not do what it was asked
│   ├── LedgerLocked          IGA-1602   503   5    another writer holds it; the message says who
│   └── LedgerRefused         IGA-1603   503   5    it is newer than the program, or not a ledger
├── Denied                    IGA-1701   403   6    the reader may not see or do this
└── Busy                      IGA-1801   503   5    the service does as much as it can
"""

from typing import ClassVar


class IgaError(Exception):
    """An error with a stable code, an HTTP status and an exit code.

    Its message names what is wrong, where, the value, and what to do about it.
    """

    code: ClassVar[str] = "IGA-1000"
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = suggestions


class SettingsError(IgaError):
    """A setting is missing, unknown or malformed."""

    code = "IGA-1001"
    exit_code = 2


class DomainError(IgaError):
    """A declaration in our own code is wrong; raised at import."""

    code = "IGA-1101"


class UsageError(IgaError):
    """A parameter or option cannot be used so."""

    code = "IGA-1201"
    http_status = 422
    exit_code = 2


class InputError(IgaError):
    """What the user gave us is wrong, and we say where."""

    code = "IGA-1301"
    http_status = 422
    exit_code = 3


class MappingError(InputError):
    """A mapping does not fit the domain or itself."""

    code = "IGA-1302"


class HeaderError(InputError):
    """A file's columns are not the columns its mapping names."""

    code = "IGA-1303"


class FileRefused(InputError):
    """A file is unreadable, oversized or hostile."""

    code = "IGA-1304"


class ClassifiedText(InputError):
    """A file holds text that looks classified; the text is never echoed."""

    code = "IGA-1305"


class ShrinkRefused(InputError):
    """A load would withdraw too much of what its source said before."""

    code = "IGA-1306"


class StaleEdition(InputError):
    """An older edition of a source arrives after a newer one."""

    code = "IGA-1307"


class RowKeyChanged(InputError):
    """The columns of the row key are not those of the source's earlier loads."""

    code = "IGA-1308"


class Contradiction(InputError):
    """A judgement contradicts those already given."""

    code = "IGA-1309"


class DumpRefused(InputError):
    """A dump is damaged, incomplete or not meant for this ledger."""

    code = "IGA-1310"


class NotFound(IgaError):
    """Nothing has this id, name or question."""

    code = "IGA-1401"
    http_status = 404
    exit_code = 4


class Ambiguous(NotFound):
    """Several things have this name."""

    code = "IGA-1402"
    http_status = 409


class StoreError(IgaError):
    """The graph store did not do what it was asked."""

    code = "IGA-1501"
    http_status = 503
    exit_code = 5


class StoreUnavailable(StoreError):
    """The store is held by another process, down, full, or the password is wrong."""

    code = "IGA-1502"


class StoreBusy(StoreError):
    """Another writer got in the way; the whole transaction may be run again."""

    code = "IGA-1503"


class StoreRefused(StoreError):
    """The store is newer than the program, belongs to another ledger, or is not ours."""

    code = "IGA-1504"


class QueryFailed(StoreError):
    """The statement or one of its parameters is wrong; it will fail again."""

    code = "IGA-1505"
    http_status = 500


class ConstraintViolated(StoreError):
    """A key exists already, or a node still has relationships."""

    code = "IGA-1506"
    http_status = 500


class ReadOnly(StoreError):
    """A write was sent where only reads are allowed."""

    code = "IGA-1507"
    http_status = 500


class TimedOut(StoreError):
    """The statement ran longer than the store's time limit."""

    code = "IGA-1508"


class LedgerError(IgaError):
    """The ledger did not do what it was asked."""

    code = "IGA-1601"
    http_status = 503
    exit_code = 5


class LedgerLocked(LedgerError):
    """Another writer holds the ledger; the message says who."""

    code = "IGA-1602"


class LedgerRefused(LedgerError):
    """The ledger is newer than the program, or the file is not a ledger."""

    code = "IGA-1603"


class Denied(IgaError):
    """The reader may not see or do this."""

    code = "IGA-1701"
    http_status = 403
    exit_code = 6


class Busy(IgaError):
    """The service does as much as it can, or waited too long: ask again in a moment."""

    code = "IGA-1801"
    http_status = 503
    exit_code = 5
