// Where do these awards and projects run?
// The share of each place is null where no source states it.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})-[runs:IMPLEMENTED_IN]->(place:Entity)
RETURN
  thing.id AS subject,
  place.id AS id,
  runs.percentage AS percentage
ORDER BY subject, id
