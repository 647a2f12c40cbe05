// Which resolutions and events did these parties sponsor?
// A text is known from the day of its adoption; the caller judges the day.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[sponsored:SPONSORED]->(text:Entity)
RETURN
  party.id AS subject,
  sponsored.key AS key,
  properties(sponsored) AS tie,
  text.id AS id,
  text.cls AS cls,
  text.name AS name,
  text.iso3 AS iso3,
  properties(text) AS values
ORDER BY subject, key
