// Which editions of this kind of publication are there?
// An edition is known from its publication day; the caller judges the day.
MATCH (edition:Publication)
WHERE edition.publication_kind = $kind
RETURN
  edition.id AS id,
  edition.cls AS cls,
  edition.name AS name,
  properties(edition) AS values
ORDER BY id
