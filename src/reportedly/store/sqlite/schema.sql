-- The tables of an archive, version 3. Everything that is not a word index can be read with any SQLite tool.

CREATE TABLE outlet (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL              -- in search form: "suddeutsche zeitung"
) STRICT;

-- One text, as it came. The same text is one article, wherever it was met.
CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,          -- of the record: sixteen hex digits of the text's SHA-256
  title TEXT, outlet INTEGER REFERENCES outlet, url TEXT, published TEXT, language TEXT NOT NULL,
  day INTEGER,                      -- of publication: 20241028
  added TEXT NOT NULL,
  latest INTEGER NOT NULL,          -- 0: the page says something else by now
  signature TEXT NOT NULL,          -- what made the reading: version | tables | weights
  statements INTEGER NOT NULL, damages INTEGER NOT NULL, characters INTEGER NOT NULL,
  text BLOB NOT NULL,               -- zlib, UTF-8
  reading BLOB NOT NULL             -- zlib, JSON: all layers, see model/kept.py
) STRICT;
CREATE INDEX article_by_signature ON article (signature);

-- Where and when an article was met. The texts of one address are its versions, numbered as they came.
CREATE TABLE sighting (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article,
  url TEXT, origin TEXT, outlet TEXT, title TEXT, published TEXT,
  version INTEGER NOT NULL,
  added TEXT NOT NULL
) STRICT;
CREATE INDEX sighting_by_article ON sighting (article);
CREATE INDEX sighting_by_url ON sighting (url, version) WHERE url IS NOT NULL;

-- Names that several articles share; unnamed speakers have none, because nobody can tell whether they are the same.
CREATE TABLE name (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL, kind TEXT NOT NULL, folded TEXT NOT NULL,
  UNIQUE (name, kind)
) STRICT;

CREATE TABLE speaker (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  id TEXT NOT NULL,                 -- "p1" in the record
  name TEXT NOT NULL, kind TEXT NOT NULL, named INTEGER NOT NULL,
  gender TEXT, affiliation TEXT, roles TEXT NOT NULL,
  shared INTEGER REFERENCES name, short TEXT NOT NULL DEFAULT '', cluster INTEGER    -- NULL for unnamed ones; "BAMF"; who it is across articles
) STRICT;
CREATE INDEX speaker_by_article ON speaker (article);
CREATE INDEX speaker_by_name ON speaker (shared);
CREATE INDEX speaker_by_cluster ON speaker (cluster) WHERE cluster IS NOT NULL;

CREATE TABLE statement (
  key INTEGER PRIMARY KEY,          -- also the row in the word index
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  n INTEGER NOT NULL,               -- 3 for "s3" in the record
  day INTEGER, outlet INTEGER,      -- of the article, so that a search need not ask for it
  shown INTEGER NOT NULL,           -- 0: rejected by a person, or in a version that is not the newest
  form TEXT NOT NULL, cue_class TEXT NOT NULL, medium TEXT NOT NULL, mood TEXT, negated INTEGER NOT NULL,
  speaker INTEGER REFERENCES speaker, shared INTEGER, named INTEGER,                     -- 1, 0, and -1: nobody is named
  content TEXT NOT NULL, cue TEXT NOT NULL, written TEXT NOT NULL,   -- places in the text: "27-128;140-150"
  said_first INTEGER, said_last INTEGER,
  figures INTEGER NOT NULL, damaged INTEGER NOT NULL, confidence REAL NOT NULL,
  judged TEXT,                      -- accept, reject, corrected; NULL: nobody looked at it
  language TEXT NOT NULL, cluster INTEGER, gender TEXT    -- of the speaker; m, f, u of named persons
) STRICT;
CREATE INDEX statement_by_article ON statement (article, n);
CREATE INDEX statement_by_day ON statement (day DESC, article, n) WHERE shown;
CREATE INDEX statement_by_saying ON statement (said_last, said_first) WHERE shown AND said_last IS NOT NULL;
CREATE INDEX statement_by_form ON statement (form, day DESC, article) WHERE shown;
CREATE INDEX statement_by_cue ON statement (cue_class, day DESC, article) WHERE shown;
CREATE INDEX statement_by_naming ON statement (named, day DESC, article) WHERE shown;
CREATE INDEX statement_damaged ON statement (day DESC, article) WHERE shown AND damaged;
CREATE INDEX statement_by_outlet ON statement (outlet, form, cue_class, named, shared, day, article) WHERE shown;
CREATE INDEX statement_by_name ON statement (shared, day) WHERE shown;
CREATE INDEX statement_by_speaker ON statement (speaker);
CREATE INDEX statement_judged ON statement (judged) WHERE judged IS NOT NULL;
CREATE INDEX statement_by_cluster ON statement (cluster, day) WHERE cluster IS NOT NULL;
CREATE INDEX statement_by_gender ON statement (outlet, gender, day, article) WHERE shown AND gender IS NOT NULL;

CREATE TABLE quantity (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  value REAL, low REAL, high REAL, relation TEXT NOT NULL, noun TEXT, unit TEXT
) STRICT;
CREATE INDEX quantity_by_statement ON quantity (statement);
CREATE INDEX quantity_by_value ON quantity (value, statement);

CREATE TABLE moment (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  value TEXT, first INTEGER, last INTEGER,
  said INTEGER NOT NULL             -- 1: when it was said, 0: what it is about
) STRICT;
CREATE INDEX moment_by_statement ON moment (statement);

CREATE TABLE place (
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  name TEXT NOT NULL, country TEXT
) STRICT;
CREATE INDEX place_by_statement ON place (statement);

CREATE TABLE damage (
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  id TEXT NOT NULL,                 -- "d1" in the record
  kind TEXT NOT NULL, severity TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
) STRICT;
CREATE INDEX damage_by_article ON damage (article);

CREATE TABLE harm (                 -- which damage touches which statement
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  kind TEXT NOT NULL
) STRICT;
CREATE INDEX harm_by_statement ON harm (statement);
CREATE INDEX harm_by_kind ON harm (kind, statement);

-- The words of every statement: plain forms in order, beside them keys by which other forms are found.
CREATE VIRTUAL TABLE words USING fts5 (
  said, said_keys, frame, frame_keys, speaker, addressee, authority, place,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

CREATE TABLE refusal (
  key INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, times INTEGER NOT NULL
) STRICT;

-- What persons decided. Rows are only ever added.
CREATE TABLE judgement (
  key INTEGER PRIMARY KEY,
  article TEXT NOT NULL,            -- id of the article; outlives every reading
  verdict TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
  judgement TEXT NOT NULL UNIQUE    -- the whole as JSON
) STRICT;
CREATE INDEX judgement_by_article ON judgement (article);
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
  BEGIN SELECT raise(ABORT, 'judgements are only ever added'); END;
CREATE TRIGGER judgement_stays_too BEFORE DELETE ON judgement
  BEGIN SELECT raise(ABORT, 'judgements are only ever added'); END;

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

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
