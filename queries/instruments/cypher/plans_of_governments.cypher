// Which plans against trafficking do these governments have?
// A field names the government, so there is no relationship to follow: all plans are looked at.
MATCH (plan:NationalActionPlan)
WHERE plan.government IN $ids
RETURN
  plan.id AS id,
  plan.cls AS cls,
  plan.name AS name,
  properties(plan) AS values
ORDER BY id
