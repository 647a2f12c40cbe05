// Who carries out these compacts, projects or programmes?
// Ties of every day are returned; the day is judged by the caller.
UNWIND $ids AS given
MATCH (whole:Entity {id: given})<-[implements:IMPLEMENTS]-(implementer:Entity)
RETURN
  whole.id AS subject,
  implements.key AS key,
  properties(implements) AS tie,
  implementer.id AS id,
  implementer.cls AS cls,
  implementer.name AS name,
  implementer.iso3 AS iso3
ORDER BY subject, key
