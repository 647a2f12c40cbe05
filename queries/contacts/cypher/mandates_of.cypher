// By which decisions were these posts or bodies set up or renewed, and until when?
// Decisions of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (mandated:Entity {id: given})<-[mandates:MANDATES]-(decision:Entity)
RETURN
  mandated.id AS subject,
  mandates.key AS key,
  properties(mandates) AS tie,
  decision.id AS id,
  decision.cls AS cls,
  decision.name AS name,
  decision.iso3 AS iso3,
  properties(decision) AS values
ORDER BY subject, key
