// Which parties of these classes sit in one country?
// A field names the government, and an index leads from it to them; public bodies name theirs elsewhere.
MATCH (partner:Entity)
WHERE partner.country = $country
  AND partner.cls IN $classes
RETURN
  partner.id AS id,
  partner.cls AS cls,
  partner.name AS name,
  partner {.country, .government, .organization_kind, .body_kind, .roles, .summary, .topics, .website, .evidence, .conflicts} AS values
ORDER BY id
