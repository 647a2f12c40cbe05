// Which engagements are still planned although their day surely lies before a day?
// One that is postponed or cancelled is not planned.
MATCH (thing:Engagement)
WHERE thing.status IN ['planned', 'confirmed'] AND thing.period_start IS NOT NULL AND thing.start_max < $day
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
