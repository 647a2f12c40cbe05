// Which bodies and posts deal with these topics?
// Ties of every day are returned; the caller judges the day, so that unknown stays apart from no.
UNWIND $ids AS given
MATCH (topic:Entity {id: given})<-[covers:COVERS]-(body:Entity)
RETURN
  topic.id AS subject,
  covers.key AS key,
  properties(covers) AS tie,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  body.iso3 AS iso3,
  properties(body) AS values
ORDER BY subject, key
