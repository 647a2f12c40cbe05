// Which governments does each thing concern: assessed, advised, covered, where it is carried out?
// Ties of every day are returned.
MATCH (entity:Entity)-[edge:ASSESSED|RECOMMENDED_TO|COVERS|IMPLEMENTED_IN]->(government:Government)
RETURN
  entity.id AS id,
  government.id AS other,
  edge.key AS key
ORDER BY id, key
