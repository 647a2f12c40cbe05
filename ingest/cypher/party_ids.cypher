// Which parties are there?
// Every party of the view is returned, by its canonical id.
MATCH (party:Party)
RETURN
  party.id AS id
ORDER BY id
