// By which ties are these bodies, posts and people reached on a day: parts, posts, holders, channels, our own offices?
// Ties known to be over before the day, or to begin later, are left out; what is unknown stays.
UNWIND $ids AS given
MATCH (reached:Entity {id: given})-[way:PART_OF|POST_IN|HOLDS|REACHED_AT|COVERS|OWNS_RELATIONSHIP]-(other:Entity)
WHERE type(way) IN $kinds AND coalesce(way.start_min, $day) <= $day AND coalesce(way.end_max, $day) >= $day
  AND (type(way) = 'PART_OF' OR (type(way) = 'REACHED_AT' AND startNode(way).id = given)
    OR (type(way) <> 'REACHED_AT' AND endNode(way).id = given))
RETURN
  given AS subject,
  way.key AS key,
  way {.evidence, .conflicts, .start_min, .start_max, .end_min, .end_max, .period_start, .attested_on, .capacity} AS tie,
  other.id AS id,
  other.cls AS cls,
  other.name AS name,
  other.iso3 AS iso3,
  CASE WHEN other.cls IN ['Post', 'ContactPoint'] THEN properties(other) ELSE other {.topics, .acronym, .body_kind} END AS values,
  type(way) AS type,
  startNode(way).id = given AS is_outward
ORDER BY subject, key
