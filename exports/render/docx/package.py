"""The zip around a .docx, written so that equal documents are equal bytes."""

import io
import zipfile

_CONTENT_TYPES = "[Content_Types].xml"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def same_bytes(package: bytes) -> bytes:
    """Return a package with its parts in order of name, without the clock.

    Parts are stored, not deflated: what deflate writes differs between builds of zlib, and a memo is small.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as written:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 0  # else the machine's system is written
            written.writestr(entry, parts[name])
    return out.getvalue()
