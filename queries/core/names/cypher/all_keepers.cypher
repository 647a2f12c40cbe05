// Who organized every engagement, and who is reached at every contact point?
// Ties of every day are returned.
MATCH (part:Entity)<-[edge:ORGANIZED|REACHED_AT]-(whole:Entity)
RETURN
  part.id AS id,
  whole.id AS other,
  whole.name AS name,
  whole.acronym AS acronym,
  whole.aliases AS aliases,
  edge.key AS key
ORDER BY id, key
