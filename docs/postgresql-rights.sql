-- Three accounts of a ledger on PostgreSQL: the owner makes it, brings it to a new version, restores and erases; the
-- writer enters and loads, and can neither change nor delete what was committed; the reader reads.
-- Run it as the owner, in the database of the ledger, after `iga rebuild` as the owner made the tables. The roles come first:
--   CREATE ROLE iga_owner LOGIN; CREATE ROLE iga_writer LOGIN; CREATE ROLE iga_reader LOGIN;   and \password for each
--   CREATE DATABASE iga OWNER iga_owner; REVOKE ALL ON DATABASE iga FROM PUBLIC;
--   GRANT CONNECT ON DATABASE iga TO iga_writer, iga_reader;

GRANT SELECT ON ledger_meta, load, source_row, row_version, mention, watch TO iga_writer, iga_reader;
GRANT INSERT ON load, source_row, row_version, mention TO iga_writer;
GRANT UPDATE (counts, previous, rows, chain) ON load TO iga_writer;
GRANT UPDATE (live_digest) ON source_row TO iga_writer;
GRANT INSERT, UPDATE, DELETE ON watch TO iga_writer;   -- questions that people keep watching are no part of the record

-- A load takes back rows of its own that clash in its file, before it is committed. What a committed load wrote, which
-- its chain seals, is not there to be changed or deleted: PostgreSQL finds no such row for the writer. Look-up keys
-- (mention) are made of the rows, and `iga verify-ledger` tells when they are not.
GRANT DELETE ON source_row, row_version, mention TO iga_writer;
ALTER TABLE load ENABLE ROW LEVEL SECURITY;
ALTER TABLE source_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY seen ON load FOR SELECT USING (true);
CREATE POLICY seen ON source_row FOR SELECT USING (true);
CREATE POLICY seen ON row_version FOR SELECT USING (true);
CREATE POLICY added ON load FOR INSERT WITH CHECK (chain IS NULL);
CREATE POLICY added ON source_row FOR INSERT WITH CHECK (true);
CREATE POLICY added ON row_version FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM load WHERE no = load_no AND chain IS NULL));
CREATE POLICY closed ON load FOR UPDATE USING (chain IS NULL) WITH CHECK (true);
CREATE POLICY live ON source_row FOR UPDATE USING (true);
CREATE POLICY taken_back ON row_version FOR DELETE
  USING (EXISTS (SELECT FROM load WHERE no = load_no AND chain IS NULL));
CREATE POLICY taken_back ON source_row FOR DELETE
  USING (NOT EXISTS (SELECT FROM row_version WHERE row_id = id));
