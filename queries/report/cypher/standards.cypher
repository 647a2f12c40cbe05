// Which standards are there?
// A standard that is part of another names it by a relationship.
MATCH (standard:Standard)
RETURN
  standard.id AS id,
  standard.cls AS cls,
  standard.name AS name,
  properties(standard) AS values
ORDER BY id
