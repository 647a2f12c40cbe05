// Which plans against trafficking do these governments have?
// A field names the government, and an index leads from it to them: there is no relationship to follow.
MATCH (plan:Entity)
WHERE plan.government IN $ids
  AND plan.cls = 'NationalActionPlan'
RETURN
  plan.id AS id,
  plan.cls AS cls,
  plan.name AS name,
  properties(plan) AS values
ORDER BY id
