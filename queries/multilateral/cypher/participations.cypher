// Which participations have these keys?
// Registered is not attended.
MATCH (participant)-[participated:PARTICIPATED]->(engagement)
WHERE participated.key IN $keys
RETURN
  engagement.id AS subject,
  participated.key AS key,
  properties(participated) AS properties,
  participant.id AS id,
  participant.cls AS cls,
  participant.name AS name,
  participant.iso3 AS iso3,
  participant {.vacant_on} AS values
ORDER BY subject, key
