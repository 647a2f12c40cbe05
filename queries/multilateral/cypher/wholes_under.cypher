// What do these things belong to: engagements, agreements, programmes?
// A promise hangs on the engagement where it was said and on the compact it is part of.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})-[under:UNDER]->(whole:Entity)
RETURN
  thing.id AS subject,
  under.key AS key,
  properties(under) AS tie,
  whole.id AS id,
  whole.cls AS cls,
  whole.name AS name,
  whole.iso3 AS iso3
ORDER BY subject, key
