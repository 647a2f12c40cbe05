// How many relationships of each type does the graph hold?
// Relationships of every day are counted.
MATCH (:Entity)-[relation]->(:Entity)
RETURN
  type(relation) AS type,
  count(*) AS count
ORDER BY type
