// Which compacts state an extension although their stated end surely lies before a day?
// By the dates that are held.
MATCH (thing:ChildProtectionCompact)
WHERE thing.extension IS NOT NULL AND thing.period_end IS NOT NULL AND thing.end_max < $day
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
