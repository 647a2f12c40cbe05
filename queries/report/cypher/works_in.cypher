// Which projects, awards and programmes run in these places?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (place:Entity {id: given})<-[implemented:IMPLEMENTED_IN]-(work:Entity)
RETURN
  place.id AS subject,
  implemented.key AS key,
  properties(implemented) AS tie,
  work.id AS id,
  work.cls AS cls,
  work.name AS name,
  work.iso3 AS iso3,
  properties(work) AS values
ORDER BY subject, key
