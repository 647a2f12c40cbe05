// Which laws of these governments are held?
// A field names the government, and an index leads from it to them: there is no relationship to follow.
MATCH (law:Entity)
WHERE law.government IN $ids
  AND law.cls = 'Law'
RETURN
  law.id AS id,
  law.cls AS cls,
  law.name AS name,
  properties(law) AS values
ORDER BY id
