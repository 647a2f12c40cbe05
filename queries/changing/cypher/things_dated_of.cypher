// Which of these things began or ended for certain between two days?
// By the dates that are held, whenever they were loaded.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})
WHERE (thing.start_min >= $first AND thing.start_max <= $last) OR (thing.end_min >= $first AND thing.end_max <= $last)
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
