// Which awards, projects, lines and contributions is this party or place tied to?
// Every way counts: as recipient, sub-recipient, implementer, funder, giver or place.
UNWIND $ids AS given
MATCH (party:Entity {id: given})-[tie:AWARDED_TO|SUBAWARDED_TO|IMPLEMENTED_IN|IMPLEMENTS|FUNDED|MADE]-(thing:Entity)
RETURN
  party.id AS subject,
  tie.key AS key,
  type(tie) AS type,
  thing.id AS id,
  thing.cls AS cls,
  thing.name AS name,
  properties(thing) AS values
ORDER BY subject, key
