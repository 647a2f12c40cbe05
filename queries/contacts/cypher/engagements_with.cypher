// Which engagements did these parties and posts take part in, or host?
// Those of every day and status are returned; the caller judges both.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[part:PARTICIPATED|ORGANIZED]->(engagement:Entity)
RETURN
  party.id AS subject,
  part.key AS key,
  properties(part) AS tie,
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  engagement.iso3 AS iso3,
  properties(engagement) AS values
ORDER BY subject, key
