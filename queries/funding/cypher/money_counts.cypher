// How many things do these parties pay for and get, and how many belong to them?
// Counts of every day and class, for what is too much to be shown.
UNWIND $ids AS given
MATCH (subject:Entity {id: given})
RETURN
  subject.id AS id,
  COUNT { (subject)-[:FUNDED]->() } AS paid_for,
  COUNT { (subject)<-[:UNDER|PART_OF]-() } AS within,
  COUNT { (subject)<-[:AWARDED_TO|SUBAWARDED_TO|IMPLEMENTED_IN]-() } AS got,
  COUNT { (subject)-[:IMPLEMENTS]->() } AS carried_out
ORDER BY id
