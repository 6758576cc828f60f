-- Evidence has its bounds (storage/journal/evidence.h). How much there is, is asked often.
CREATE INDEX quarantine_size ON quarantine(team, device, length(bytes));

-- What came when there was no room for it any more. It is counted, not kept.
CREATE TABLE turned_away(
  team       TEXT NOT NULL,                 -- it was offered to
  device     TEXT NOT NULL,                 -- of which evidence is kept; empty: all others together
  arrivals   INTEGER NOT NULL,              -- the same changeset counts each time that it comes
  latest_at  INTEGER NOT NULL,              -- milliseconds
  PRIMARY KEY (team, device)
) WITHOUT ROWID, STRICT;
