// Which councils of survivors are there?
// Their members are told by their public role only.
MATCH (council:SurvivorCouncil)
RETURN
  council.id AS id,
  council.cls AS cls,
  council.name AS name,
  properties(council) AS values
ORDER BY id
