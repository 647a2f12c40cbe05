// Who holds, or held, those of these posts, and of the posts of these people, that several people hold or held?
// Terms of every day are returned; the caller judges the day.
UNWIND $ids AS given
MATCH (entity:Entity {id: given})-[near:HOLDS]-(:Entity)
WITH DISTINCT endNode(near) AS post
MATCH (person:Entity)-[:HOLDS]->(post)
WITH post, count(DISTINCT person.id) AS people
WHERE people > 1
MATCH (holder:Entity)-[holds:HOLDS]->(post)
RETURN
  post.id AS subject,
  post.cls AS subject_cls,
  post.name AS subject_name,
  properties(post) AS subject_values,
  type(holds) AS type,
  holds.key AS key,
  properties(holds) AS properties,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3,
  properties(holder) AS values
ORDER BY subject, key
