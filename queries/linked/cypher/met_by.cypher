// At which engagements were these parties and posts where our side was too?
// Engagements of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[there:PARTICIPATED|ORGANIZED]->(engagement:Entity)
WHERE EXISTS {
  MATCH (engagement)<-[at:PARTICIPATED|ORGANIZED]-(ours:Entity)
  WHERE ours.id = $us OR ours.government = $us OR at.on_behalf_of = $us }
RETURN
  entity.id AS subject,
  there.key AS key,
  properties(there) AS properties,
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  engagement.iso3 AS iso3,
  properties(engagement) AS values
ORDER BY subject, key
