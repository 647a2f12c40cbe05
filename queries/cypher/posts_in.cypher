// Which posts do these bodies have?
// Posts that had left a body before the day, or came later, are left out; what is unknown stays.
UNWIND $ids AS given
MATCH (body:Entity {id: given})<-[post_in:POST_IN]-(post:Entity)
WHERE coalesce(post_in.start_min, $day) <= $day AND coalesce(post_in.end_max, $day) >= $day
RETURN
  body.id AS subject,
  post_in.key AS key,
  post_in {.evidence, .conflicts, .start_min, .start_max, .end_min, .end_max} AS tie,
  post.id AS id,
  post.cls AS cls,
  post.name AS name,
  post.iso3 AS iso3,
  post {.id, .name, .role, .level, .topics, .titles, .vacant_on, .go_through, .evidence, .conflicts} AS values
ORDER BY subject, key
