// Which laws of these governments are held?
// A field names the government, so there is no relationship to follow: all laws are looked at.
MATCH (law:Law)
WHERE law.government IN $ids
RETURN
  law.id AS id,
  law.cls AS cls,
  law.name AS name,
  properties(law) AS values
ORDER BY id
