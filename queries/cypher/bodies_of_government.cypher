// Which public bodies belong to these governments?
// A field names the government, so there is no relationship to follow: all public bodies are looked at.
MATCH (body:PublicBody)
WHERE body.government IN $ids
RETURN
  body.government AS subject,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  body {.topics, .evidence, .conflicts} AS values
ORDER BY id
