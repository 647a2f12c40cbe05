// What did these people agree to be asked for, or refuse?
// A field names the person, so there is no relationship to follow: all consents are looked at, and they are few.
MATCH (consent:Consent)
WHERE consent.person IN $ids
RETURN
  consent.id AS id,
  consent.cls AS cls,
  consent.name AS name,
  properties(consent) AS values
ORDER BY id
