// Which resolutions did these bodies adopt?
// A field names the body, and an index leads from it to them; the caller judges the day.
MATCH (text:Entity)
WHERE text.body IN $ids
  AND text.cls = 'Resolution'
RETURN
  text.id AS id,
  text.cls AS cls,
  text.name AS name,
  properties(text) AS values
ORDER BY id
