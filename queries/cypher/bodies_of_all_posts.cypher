// Which body does each post belong to, ever?
// Ties of every day are returned: people also look for a post under the body it used to belong to.
MATCH (post:Post)-[tie:POST_IN]->(body:Entity)
RETURN
  post.id AS id,
  body.id AS body,
  body.name AS name,
  body.acronym AS acronym,
  body.aliases AS aliases,
  tie.key AS key
ORDER BY id, key
