// Which of our posts and offices own which relationships?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
MATCH (ours)-[owns:OWNS_RELATIONSHIP]->(party)
RETURN
  party.id AS subject,
  owns.key AS key,
  properties(owns) AS tie,
  ours.id AS id,
  ours.cls AS cls,
  ours.name AS name,
  ours.iso3 AS iso3
ORDER BY subject, key
