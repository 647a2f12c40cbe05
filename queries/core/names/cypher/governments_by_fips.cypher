// Which government has a code of FIPS 10-4, which goes on as GEC?
// It is found by it after whoever has the same two letters by ISO 3166.
MATCH (government:Entity)
WHERE government.fips = $code AND government:Government
RETURN
  government.id AS id,
  government.name AS name
ORDER BY id
