// Which ids stand for these former or merged ids today?
// An id that is canonical itself has no alias.
UNWIND $ids AS given
MATCH (alias:Alias {id: given})
RETURN
  alias.id AS id,
  alias.canonical AS canonical
ORDER BY id
