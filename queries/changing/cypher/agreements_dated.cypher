// Which agreements have both a day of signature and a day of entry into force?
// The caller compares them.
MATCH (thing:Agreement)
WHERE thing.signed_on IS NOT NULL AND thing.in_force_on IS NOT NULL
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
