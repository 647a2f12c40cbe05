// When did which body adopt which resolution, and on what?
// Just what tells whether one is asked for; the whole is read of those that are shown.
MATCH (text:Resolution)
RETURN
  text.id AS id,
  text.cls AS cls,
  text.name AS name,
  text {.adopted_on, .body, .topics, .sponsor_count, .evidence} AS values
ORDER BY id
