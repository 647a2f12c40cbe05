// Who may hold these posts on a day?
// Terms that ended before the day, or began later, are left out; what is unknown stays.
UNWIND $ids AS given
MATCH (post:Entity {id: given})<-[term:HOLDS]-(holder:Entity)
WHERE coalesce(term.start_min, $day) <= $day AND coalesce(term.end_max, $day) >= $day
RETURN
  post.id AS subject,
  term.key AS key,
  term {.capacity, .attested_on, .period_start, .evidence, .conflicts, .start_min, .start_max, .end_min, .end_max} AS tie,
  holder.id AS id,
  holder.cls AS cls,
  holder.name AS name,
  holder.iso3 AS iso3
ORDER BY subject, key
