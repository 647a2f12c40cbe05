// Who carries out these projects?
// Ties of every day are returned; the day is judged by the caller.
UNWIND $ids AS given
MATCH (subject:Entity {id: given})<-[tie:IMPLEMENTS]-(thing:Entity)
RETURN
  subject.id AS subject,
  tie.key AS key,
  type(tie) AS type,
  properties(tie) AS tie,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  thing {.start_min, .start_max, .iso3, .undisclosed, .evidence} AS values
ORDER BY subject, key
