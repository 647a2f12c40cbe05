// Which Child Protection Compacts are there?
// Whether one applies on a day is judged by the caller.
MATCH (compact:ChildProtectionCompact)
RETURN
  compact.id AS id,
  compact.cls AS cls,
  compact.name AS name,
  properties(compact) AS values
ORDER BY id
