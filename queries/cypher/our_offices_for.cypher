// Which of our offices deal with these on a day, and which posts or offices own the relationship?
// Ties known to be over before the day are left out; what is unknown stays.
UNWIND $ids AS given
MATCH (party:Entity {id: given})<-[ours:COVERS|OWNS_RELATIONSHIP]-(office:Entity)
WHERE coalesce(ours.start_min, $day) <= $day AND coalesce(ours.end_max, $day) >= $day
RETURN
  party.id AS subject,
  ours.key AS key,
  ours {.standing, .manner, .topics, .evidence, .conflicts, .start_min, .start_max, .end_min, .end_max} AS tie,
  office.id AS id,
  office.cls AS cls,
  office.name AS name,
  office.iso3 AS iso3,
  office {.body_kind} AS values,
  type(ours) AS type
ORDER BY subject, key
