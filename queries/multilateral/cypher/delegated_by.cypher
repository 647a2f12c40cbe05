// Who takes part in which engagements on behalf of these parties?
// A field of the participation names the party, and an index leads from it there.
MATCH (participant)-[participated:PARTICIPATED]->(engagement)
WHERE participated.on_behalf_of IN $ids
RETURN
  participated.on_behalf_of AS subject,
  participated.key AS key,
  properties(participated) AS properties,
  engagement.id AS id,
  engagement.cls AS cls,
  engagement.name AS name,
  engagement.iso3 AS iso3,
  properties(engagement) AS values,
  participant.id AS by_id,
  participant.cls AS by_cls,
  participant.name AS by_name,
  participant.iso3 AS by_iso3
ORDER BY subject, key
