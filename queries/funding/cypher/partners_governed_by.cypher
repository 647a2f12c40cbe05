// Which parties of these classes belong to one government?
// A field names the government, and an index leads from it to them.
MATCH (partner:Entity)
WHERE partner.government = $country
  AND partner.cls IN $classes
RETURN
  partner.id AS id,
  partner.cls AS cls,
  partner.name AS name,
  partner {.country, .government, .organization_kind, .body_kind, .roles, .summary, .topics, .website, .evidence, .conflicts} AS values
ORDER BY id
