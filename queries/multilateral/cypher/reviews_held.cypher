// Which reviews are held, and whom are they of?
// Stages are dated in words; the caller judges the day.
MATCH (review:Review)-[assessed:ASSESSED]->(party:Entity)
RETURN
  review.id AS subject,
  assessed.key AS key,
  properties(assessed) AS properties,
  party.id AS id,
  party.cls AS cls,
  party.name AS name,
  party.iso3 AS iso3,
  properties(review) AS values
ORDER BY subject, key
