-- The ledger in PostgreSQL 15 or newer: what several endpoints that are one cannot derive from
-- anything else. Applied by the first of them, and only added to by all.
--
-- Every table whose rows are many is partitioned by team, every key begins with the team, every
-- statement names one team, and no transaction touches two. So teams can be placed freely:
--   Citus          once, on the coordinator, after the first start (also with rows in it):
--                    SELECT create_distributed_table('bordereau.head', 'team');
--                    SELECT create_distributed_table('bordereau.entry', 'team',
--                                                    colocate_with => 'bordereau.head');
--                  `version` stays on the coordinator.
--   YugabyteDB     nothing to do: keys are spread by the hash of their first column.
--   elsewhere      where PARTITION BY HASH or advisory locks are not known: make these tables by hand
--                  without partitions, placed by team, and put 1 into `version`; the programs use
--                  no more of SQL than SELECT, INSERT, UPDATE by key and SELECT ... FOR UPDATE.
--
-- Rights that the programs need afterwards: USAGE on the schema, SELECT on `version`, SELECT, INSERT
-- and UPDATE on `head`, SELECT and INSERT on `entry`. Only a change of key
-- changes rows of `entry`, and needs UPDATE on it.
--
-- A dump or backup of this database can be read by nobody: all that was recorded, every name and
-- every key in it is sealed with the endpoints' key file (endpoint.key), which is not in here. To
-- read it again both are needed, so keep both, in different places. Open to whoever has a dump:
-- how many teams there are, when they sent something, and how large it was.

CREATE SCHEMA IF NOT EXISTS bordereau;

-- Which of these files were applied.
CREATE TABLE bordereau.version(
  number  integer PRIMARY KEY
);

-- Where the sequence of each team ends. Whoever adds to it holds this row meanwhile.
CREATE TABLE bordereau.head(
  team    text COLLATE "C" NOT NULL,        -- empty: the sequence that says what endpoint this is
  number  bigint NOT NULL,                  -- of its last entry; 0: none yet
  mark    bytea NOT NULL,                   -- digest over all of them: storage/ledger.h
  PRIMARY KEY (team)
) PARTITION BY HASH (team);

-- What was taken in, in one order per team. Inserted; changed only to be sealed with another key.
CREATE TABLE bordereau.entry(
  team         text COLLATE "C" NOT NULL,
  number       bigint NOT NULL CHECK (number > 0),  -- 1, 2, ... per team, without gaps
  received_at  bigint NOT NULL,             -- milliseconds since 1970: all that follows counts by it
  sealed       bytea NOT NULL,              -- storage/entry.h; bound to team, number and time
  PRIMARY KEY (team, number)
) PARTITION BY HASH (team);
-- Sealed bytes do not get smaller.
ALTER TABLE bordereau.entry ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE bordereau.head_00 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE bordereau.head_01 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE bordereau.head_02 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE bordereau.head_03 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE bordereau.head_04 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE bordereau.head_05 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE bordereau.head_06 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE bordereau.head_07 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE bordereau.head_08 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE bordereau.head_09 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE bordereau.head_10 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE bordereau.head_11 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE bordereau.head_12 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE bordereau.head_13 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE bordereau.head_14 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE bordereau.head_15 PARTITION OF bordereau.head FOR VALUES WITH (MODULUS 16, REMAINDER 15);

CREATE TABLE bordereau.entry_00 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE bordereau.entry_01 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE bordereau.entry_02 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE bordereau.entry_03 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE bordereau.entry_04 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE bordereau.entry_05 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE bordereau.entry_06 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE bordereau.entry_07 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE bordereau.entry_08 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE bordereau.entry_09 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE bordereau.entry_10 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE bordereau.entry_11 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE bordereau.entry_12 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE bordereau.entry_13 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE bordereau.entry_14 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE bordereau.entry_15 PARTITION OF bordereau.entry FOR VALUES WITH (MODULUS 16, REMAINDER 15);
