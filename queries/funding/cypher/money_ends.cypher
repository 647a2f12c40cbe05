// Who receives these awards or parts of them, and where do they run?
// Ties of every day are returned; the day is judged by the caller.
UNWIND $ids AS given
MATCH (subject:Entity {id: given})-[tie:AWARDED_TO|SUBAWARDED_TO|IMPLEMENTED_IN]->(thing:Entity)
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
