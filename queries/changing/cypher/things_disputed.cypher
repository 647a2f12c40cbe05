// On which things do sources differ?
// All there are; the caller judges the day.
MATCH (thing:Entity)
WHERE thing.conflicts IS NOT NULL
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
