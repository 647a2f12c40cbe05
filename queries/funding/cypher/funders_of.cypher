// Who pays for these things?
// Ties of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})<-[funded:FUNDED]-(payer:Entity)
RETURN
  thing.id AS subject,
  funded.key AS key,
  properties(funded) AS tie,
  payer.id AS id,
  payer.cls AS cls,
  payer.name AS name,
  payer.iso3 AS iso3
ORDER BY subject, key
