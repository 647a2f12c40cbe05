// Which posts do these people hold, and in which bodies?
// Terms of every day are returned.
UNWIND $ids AS given
MATCH (person:Entity {id: given})-[:HOLDS]->(post:Post)-[:POST_IN]->(body:Party)
WHERE person:Person
RETURN
  person.id AS id,
  body.id AS body,
  body.name AS name,
  post.id AS post
ORDER BY id, body, post
