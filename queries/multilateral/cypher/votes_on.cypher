// Who voted how on these resolutions?
// Nobody votes on a consensus; a government that is missing did not vote, or its vote is not held.
UNWIND $ids AS given
MATCH (text:Entity {id: given})<-[voted:VOTED]-(government:Entity)
RETURN
  text.id AS subject,
  voted.key AS key,
  properties(voted) AS tie,
  government.id AS id,
  government.cls AS cls,
  government.name AS name,
  government.iso3 AS iso3
ORDER BY subject, key
