-- Version 2: a search by the time of saying has an index of its own.
CREATE INDEX statement_by_saying ON statement (said_last, said_first) WHERE shown;
