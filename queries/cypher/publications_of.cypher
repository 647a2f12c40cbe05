// In which publications do these things stand?
// A thing is known from the publication; the caller judges the day.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})-[under:UNDER]->(publication:Publication)
RETURN
  thing.id AS subject,
  under.key AS key,
  properties(under) AS tie,
  publication.id AS id,
  publication.cls AS cls,
  publication.name AS name,
  publication.iso3 AS iso3,
  properties(publication) AS values
ORDER BY subject, key
