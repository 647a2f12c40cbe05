// Which of our posts and offices deal with these parties, or own the relationship with them?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (party:Entity {id: given})<-[deals:COVERS|OWNS_RELATIONSHIP]-(ours:Entity)
RETURN
  party.id AS subject,
  deals.key AS key,
  properties(deals) AS tie,
  ours.id AS id,
  ours.cls AS cls,
  ours.name AS name,
  ours.iso3 AS iso3,
  properties(ours) AS values,
  type(deals) AS type
ORDER BY subject, key
