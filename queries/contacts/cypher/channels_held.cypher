// Which channels are there, and whom do they reach?
// All of them are looked at; ties of every day are returned, and the caller judges the day.
MATCH (reached:Entity)-[reached_at:REACHED_AT]->(channel:ContactPoint)
RETURN
  reached.id AS subject,
  reached_at.key AS key,
  properties(reached_at) AS properties,
  channel.id AS id,
  channel.cls AS cls,
  channel.name AS name,
  channel.iso3 AS iso3,
  properties(channel) AS values
ORDER BY subject, key
