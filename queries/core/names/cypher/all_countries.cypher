// Which governments does each thing concern: assessed, advised, covered, where it is carried out?
// Ties of every day are returned.
MATCH (part:Entity)-[edge:ASSESSED|RECOMMENDED_TO|COVERS|IMPLEMENTED_IN]->(government:Government)
RETURN
  part.id AS id,
  government.id AS other,
  edge.key AS key
ORDER BY id, key
