// Who carries out these projects?
// Ties of every day are returned; the day is judged by the caller.
UNWIND $ids AS given
MATCH (subject:Entity {id: given})<-[edge:IMPLEMENTS]-(thing:Entity)
RETURN
  subject.id AS subject,
  edge.key AS key,
  type(edge) AS type,
  properties(edge) AS properties,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  thing {.start_min, .start_max, .iso3, .undisclosed, .evidence} AS values
ORDER BY subject, key
