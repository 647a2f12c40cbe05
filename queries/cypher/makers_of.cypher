// Who made these promises or recommendations?
// Several parties may have made one together.
UNWIND $ids AS given
MATCH (made:Entity {id: given})<-[making:MADE]-(maker:Entity)
RETURN
  made.id AS subject,
  making.key AS key,
  properties(making) AS tie,
  maker.id AS id,
  maker.cls AS cls,
  maker.name AS name,
  maker.iso3 AS iso3
ORDER BY subject, key
