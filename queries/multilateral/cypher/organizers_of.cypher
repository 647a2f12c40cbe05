// Who hosted or organized these engagements?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[organized:ORGANIZED]-(party:Entity)
RETURN
  engagement.id AS subject,
  organized.key AS key,
  properties(organized) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
