// Which offices clear which papers?
// All rules are returned; the caller judges which of them a paper touches.
MATCH (rule:ClearanceRule)
RETURN
  rule.id AS id,
  rule.cls AS cls,
  rule.name AS name,
  properties(rule) AS values
ORDER BY id
