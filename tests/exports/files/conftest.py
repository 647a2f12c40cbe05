"""What the tests of exported files share."""

from tests.exports.world_fixtures import at, exported_ledger, public_world, world

__all__ = ["at", "exported_ledger", "public_world", "world"]
