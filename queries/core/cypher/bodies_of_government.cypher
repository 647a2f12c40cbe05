// Which public bodies belong to these governments?
// A field names the government, and an index leads from it to them: there is no relationship to follow.
MATCH (body:Entity)
WHERE body.government IN $ids
  AND body.cls = 'PublicBody'
RETURN
  body.government AS subject,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  body {.acronym, .body_kind, .government, .host, .location, .topics, .website, .evidence, .conflicts} AS values
ORDER BY id
