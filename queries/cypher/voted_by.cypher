// On which resolutions did these governments vote, and how?
// A text is known from the day of its adoption; the caller judges the day.
UNWIND $ids AS given
MATCH (government:Entity {id: given})-[voted:VOTED]->(text:Entity)
RETURN
  government.id AS subject,
  voted.key AS key,
  properties(voted) AS tie,
  text.id AS id,
  text.cls AS cls,
  text.name AS name,
  text.iso3 AS iso3,
  properties(text) AS values
ORDER BY subject, key
