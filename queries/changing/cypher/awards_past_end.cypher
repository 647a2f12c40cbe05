// Which awards are said to be active although their end surely lies before a day?
// By the dates that are held.
MATCH (thing:Award)
WHERE toLower(thing.status) IN ['active', 'ongoing', 'open'] AND thing.period_end IS NOT NULL AND thing.end_max < $day
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
