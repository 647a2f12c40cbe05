// Which parties are there after an id, a page of them?
// Every party of the view is on one of the pages, by its canonical id.
MATCH (party:Entity)
WHERE party.id > $after AND party:Party
RETURN
  party.id AS id
ORDER BY id
LIMIT $most
