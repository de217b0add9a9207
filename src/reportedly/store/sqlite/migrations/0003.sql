-- Version 3: who is the same across articles. What is due is found when the words are made anew (`reportedly reread`).
ALTER TABLE speaker ADD COLUMN short TEXT NOT NULL DEFAULT '';
ALTER TABLE speaker ADD COLUMN cluster INTEGER;
ALTER TABLE statement ADD COLUMN cluster INTEGER;
ALTER TABLE statement ADD COLUMN gender TEXT;
UPDATE statement SET gender = (SELECT coalesce(p.gender, 'u') FROM speaker p WHERE p.key = statement.speaker AND p.named AND p.kind = 'person');
CREATE INDEX speaker_by_cluster ON speaker (cluster) WHERE cluster IS NOT NULL;
CREATE INDEX statement_by_cluster ON statement (cluster, day) WHERE cluster IS NOT NULL;
CREATE INDEX statement_by_gender ON statement (outlet, gender, day, article) WHERE shown AND gender IS NOT NULL;
-- By which keys may speakers of two articles be the same? And which keys have speakers that nobody has compared yet?
CREATE TABLE block (
  block TEXT NOT NULL,
  speaker INTEGER NOT NULL REFERENCES speaker ON DELETE CASCADE
) STRICT;
CREATE INDEX block_by_key ON block (block);
CREATE INDEX block_by_speaker ON block (speaker);
CREATE TABLE due (block TEXT PRIMARY KEY) STRICT;

-- Who is the same? Rows are only ever added; what follows from them is in bearer, made anew whenever one comes.
CREATE TABLE sameness (
  key INTEGER PRIMARY KEY,
  one INTEGER NOT NULL REFERENCES bearer, other INTEGER NOT NULL REFERENCES bearer,
  verdict TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, sure REAL NOT NULL,
  UNIQUE (one, other, verdict, by, at, why)
) STRICT;
CREATE INDEX sameness_by_one ON sameness (one);
CREATE INDEX sameness_by_other ON sameness (other);
CREATE TRIGGER sameness_stays BEFORE UPDATE ON sameness
  BEGIN SELECT raise(ABORT, 'judgements are only ever added'); END;
CREATE TRIGGER sameness_stays_too BEFORE DELETE ON sameness
  BEGIN SELECT raise(ABORT, 'judgements are only ever added'); END;

-- Everybody that such a judgement is about; article is '' where the name means the same in all of them.
CREATE TABLE bearer (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, name TEXT NOT NULL, article TEXT NOT NULL,
  cluster INTEGER NOT NULL,         -- key of the first one of those that are one
  gender TEXT,                      -- of all that are one, where it is known
  UNIQUE (name, kind, article)
) STRICT;
CREATE INDEX bearer_by_cluster ON bearer (cluster);

-- The words of the names of each cluster, so that a search for one spelling finds the others.
CREATE VIRTUAL TABLE called USING fts5 (name, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Entries of gazetteers, and the keys of speakers who could be one of them.
CREATE TABLE entry (id TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT;
CREATE TABLE entry_block (
  block TEXT NOT NULL,
  entry TEXT NOT NULL REFERENCES entry ON DELETE CASCADE
) STRICT;
CREATE INDEX entry_block_by_key ON entry_block (block);
CREATE INDEX entry_block_by_entry ON entry_block (entry);
