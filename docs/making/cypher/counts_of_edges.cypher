// How many relationships of each type does the graph hold?
// Relationships of every day are counted.
MATCH (:Entity)-[edge]->(:Entity)
RETURN
  type(edge) AS type,
  count(*) AS count
ORDER BY type
