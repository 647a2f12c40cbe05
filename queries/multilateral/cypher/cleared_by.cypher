// Which offices drafted, cleared or approved papers on these things?
// A paper that nobody recorded is not held; that nobody cleared it does not follow.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})<-[cleared:CLEARED]-(office:Entity)
RETURN
  thing.id AS subject,
  cleared.key AS key,
  properties(cleared) AS tie,
  office.id AS id,
  office.cls AS cls,
  office.name AS name,
  office.iso3 AS iso3
ORDER BY subject, key
