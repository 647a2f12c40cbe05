// Which of these things began or ended for certain between two days, or may have taken a step?
// By the dates that are held, whenever they were loaded; the caller judges partial days.
UNWIND $ids AS given
MATCH (thing:Entity {id: given})
WHERE (thing.start_min >= $first AND thing.start_max <= $last)
  OR (thing.end_min >= $first AND thing.end_max <= $last)
  OR (thing.founded_on >= $partial AND thing.founded_on <= $last)
  OR (thing.suspended_on >= $partial AND thing.suspended_on <= $last)
  OR (thing.signed_on >= $partial AND thing.signed_on <= $last)
  OR (thing.adopted_on >= $partial AND thing.adopted_on <= $last)
  OR (thing.in_force_on >= $partial AND thing.in_force_on <= $last)
  OR (thing.published_on >= $partial AND thing.published_on <= $last)
  OR (thing.decided_on >= $partial AND thing.decided_on <= $last)
RETURN
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY id
