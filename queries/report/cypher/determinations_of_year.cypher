// Which determinations and waivers belong to this fiscal year?
// A waiver of a downgrade has no fiscal year: the edition it follows tells it.
MATCH (determination:Determination)
WHERE determination.fiscal_year = $fiscal_year OR determination.edition_year = $edition_year
RETURN
  determination.id AS id,
  determination.cls AS cls,
  determination.name AS name,
  properties(determination) AS values
ORDER BY id
