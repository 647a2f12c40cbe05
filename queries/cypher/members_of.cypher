// Who belongs to these bodies, ever?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[membership:MEMBER_OF]-(member:Entity)
RETURN
  body.id AS subject,
  membership.key AS key,
  properties(membership) AS tie,
  member.id AS id,
  member.cls AS cls,
  member.name AS name,
  member.iso3 AS iso3
ORDER BY subject, key
