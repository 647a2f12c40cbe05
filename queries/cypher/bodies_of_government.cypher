// Which public bodies belong to these governments?
// A field names the government, so there is no relationship to follow: the read goes through an index.
UNWIND $ids AS given
MATCH (body:Entity {government: given})
WHERE body.cls = 'PublicBody'
RETURN
  given AS subject,
  body.id AS id,
  body.cls AS cls,
  body.name AS name,
  properties(body) AS values
ORDER BY subject, id
