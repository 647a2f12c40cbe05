// What belongs to these agreements, projects or engagements?
// Contributions, awards, dialogues, indicators and commitments hang on a compact in this way.
UNWIND $ids AS given
MATCH (whole:Entity {id: given})<-[under:UNDER]-(thing:Entity)
RETURN
  whole.id AS subject,
  under.key AS key,
  properties(under) AS tie,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  thing.iso3 AS iso3,
  properties(thing) AS values
ORDER BY subject, key
