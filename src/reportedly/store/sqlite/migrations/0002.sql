-- Version 2: a statement in which nobody is named says so with -1; searches by one property have an index of their own.
UPDATE statement SET named = -1 WHERE named IS NULL;
CREATE INDEX statement_by_saying ON statement (said_last, said_first) WHERE shown AND said_last IS NOT NULL;
CREATE INDEX statement_by_form ON statement (form, day DESC, article) WHERE shown;
CREATE INDEX statement_by_cue ON statement (cue_class, day DESC, article) WHERE shown;
CREATE INDEX statement_by_naming ON statement (named, day DESC, article) WHERE shown;
CREATE INDEX statement_damaged ON statement (day DESC, article) WHERE shown AND damaged;
DROP INDEX statement_by_outlet;
CREATE INDEX statement_by_outlet ON statement (outlet, form, cue_class, named, shared, day, article) WHERE shown;
