// Which posts state the period of their mandate?
// Periods of every day are returned; the caller judges the day.
MATCH (post:Post)
WHERE post.mandate_period_end IS NOT NULL
RETURN
  post.id AS id,
  post.cls AS cls,
  post.name AS name,
  properties(post) AS values
ORDER BY id
