"""Stands in until the assets are there."""


def address_of_asset(name: str) -> str:
    """Return the address of an asset."""
    return f"/assets/{name}"
