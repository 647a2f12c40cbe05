// To which bodies do these parties belong, ever?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (member:Entity {id: given})-[membership:MEMBER_OF]->(body:Entity)
RETURN
  member.id AS subject,
  membership.key AS key,
  properties(membership) AS tie,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  body.iso3 AS iso3,
  properties(body) AS values
ORDER BY subject, key
