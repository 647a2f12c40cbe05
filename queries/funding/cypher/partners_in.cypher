// Which parties of these classes sit in one country?
// A field names the government, so there is no relationship to follow: all parties are looked at.
MATCH (partner:Party)
WHERE partner.cls IN $classes
  AND (partner.country = $country OR partner.government = $country)
RETURN
  partner.id AS id,
  partner.cls AS cls,
  partner.name AS name,
  partner {.country, .government, .organization_kind, .body_kind, .roles, .summary, .topics, .website, .evidence, .conflicts} AS values
ORDER BY id
