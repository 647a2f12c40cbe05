// How are these parties reached?
// Only channels with an address are returned, whatever their state.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[:REACHED_AT]->(point:ContactPoint)
WHERE party:Party AND point.channel_value IS NOT NULL
RETURN
  party.id AS id,
  point.channel_kind AS kind,
  point.channel_value AS value,
  point.id AS point
ORDER BY id, point
