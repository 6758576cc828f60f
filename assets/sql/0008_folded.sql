-- How far an endpoint has folded what it holds: it acknowledges changesets before it does. A notebook
-- folds what it takes in at once, and has no row here.
CREATE TABLE folded(
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  changeset  INTEGER NOT NULL               -- all up to this id are in the folds
) STRICT;
