// Who sponsored these resolutions and events?
// Lists of sponsors are often partial; the caller compares them with the number that is stated.
UNWIND $ids AS given
MATCH (text:Entity {id: given})<-[sponsored:SPONSORED]-(party:Entity)
RETURN
  text.id AS subject,
  sponsored.key AS key,
  properties(sponsored) AS tie,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3
ORDER BY subject, key
