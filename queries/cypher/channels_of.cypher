// By which channels are these bodies, posts and people reached?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (reached:Entity {id: given})-[reached_at:REACHED_AT]->(channel:Entity)
RETURN
  reached.id AS subject,
  reached_at.key AS key,
  properties(reached_at) AS tie,
  channel.id AS id,
  channel.cls AS cls,
  channel.name AS name,
  channel.iso3 AS iso3,
  properties(channel) AS values
ORDER BY subject, key
