// How many things of each class does the graph hold?
// Things of every day are counted.
MATCH (entity:Entity)
RETURN
  entity.cls AS type,
  count(*) AS count
ORDER BY type
