// What is everything part of, ever: posts of their bodies, people of their posts, awards of their agreement?
// Ties of every day are returned: people also look for a post under the body it used to belong to.
MATCH (part:Entity)-[edge:PART_OF|POST_IN|HOLDS|UNDER]->(whole:Entity)
WHERE whole.cls <> 'Publication'
RETURN
  part.id AS id,
  whole.id AS other,
  whole.name AS name,
  whole.acronym AS acronym,
  whole.aliases AS aliases,
  edge.key AS key
ORDER BY id, key
