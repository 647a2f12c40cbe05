"""`iga add`: everything that officers enter anew, and what they find when they try a contact."""

from cli.contact_check import contact_check
from cli.entries import add

add.add_command(contact_check)

__all__ = ["add"]
