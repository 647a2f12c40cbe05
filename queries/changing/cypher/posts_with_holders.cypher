// Who holds, or held, the posts that several people hold or held?
// Terms of every day are returned; the caller judges the day.
MATCH (person:Entity)-[:HOLDS]->(post:Entity)
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
