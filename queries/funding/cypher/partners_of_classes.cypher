// Which parties of these classes are there?
// All of them, of every day: whoever asks without a country asks for the whole list.
MATCH (partner:Party)
WHERE partner.cls IN $classes
RETURN
  partner.id AS id,
  partner.cls AS cls,
  partner.name AS name,
  partner {.country, .government, .organization_kind, .body_kind, .roles, .summary, .topics, .website, .evidence, .conflicts} AS values
ORDER BY id
