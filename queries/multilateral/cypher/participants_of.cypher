// Who takes part in these engagements?
// Lists of participants are often partial or not held; registered is not attended.
UNWIND $ids AS given
MATCH (engagement:Entity {id: given})<-[participated:PARTICIPATED]-(participant:Entity)
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
