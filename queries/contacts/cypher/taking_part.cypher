// Who took part in these engagements, or hosted them?
// Registered is not attended, and a plan is not a meeting: the caller judges.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[part:PARTICIPATED|ORGANIZED]-(party:Entity)
RETURN
  engagement.id AS subject,
  part.key AS key,
  properties(part) AS properties,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3,
  party {.vacant_on} AS values,
  type(part) AS type
ORDER BY subject, key
