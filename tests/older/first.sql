-- The first library that landed, to the letter: its tables, and rows that its litbase wrote (tests/test_older.py).
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE library (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    citekey TEXT NOT NULL UNIQUE COLLATE NOCASE,
    doi TEXT,
    type TEXT NOT NULL,
    item TEXT NOT NULL CHECK (json_valid(item)),
    digest TEXT NOT NULL,
    byline TEXT NOT NULL,
    year INTEGER,
    title TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    provenance TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provenance)),
    notices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notices)),
    added TEXT NOT NULL,
    modified TEXT NOT NULL,
    deleted TEXT
) STRICT;
CREATE UNIQUE INDEX source_doi ON source (doi) WHERE deleted IS NULL;
CREATE INDEX source_sort ON source (sort_key);
CREATE INDEX source_year ON source (year);
CREATE INDEX source_added ON source (added);
CREATE TABLE contributor (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (source_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contributor_folded ON contributor (folded, source_id);
CREATE TABLE citekey_alias (
    citekey TEXT PRIMARY KEY COLLATE NOCASE,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE doi_alias (
    doi TEXT PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    owner TEXT NOT NULL DEFAULT '',
    private INTEGER NOT NULL DEFAULT 1 CHECK (private IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'quotation', 'plain words')),
    locator TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL
) STRICT;
CREATE INDEX note_source ON note (source_id, id);
CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL DEFAULT '',
    cues TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cues)),
    created TEXT NOT NULL
) STRICT;
CREATE TABLE concept_alias (
    folded TEXT PRIMARY KEY,
    alias TEXT NOT NULL,
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_alias_concept ON concept_alias (concept_id);
CREATE TABLE concept_broader (
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    broader_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    PRIMARY KEY (concept_id, broader_id),
    CHECK (concept_id <> broader_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_broader_up ON concept_broader (broader_id, concept_id);
CREATE TABLE source_concept (
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    year INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    PRIMARY KEY (concept_id, year, source_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX source_concept_source ON source_concept (source_id, concept_id);
CREATE TABLE answer (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    identifier TEXT NOT NULL,
    fetched TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (source_id, provider)
) STRICT, WITHOUT ROWID;
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    command TEXT NOT NULL,
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX change_step ON change (step);
CREATE INDEX change_key ON change (entity, key);
CREATE TABLE entry (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    style TEXT NOT NULL,
    letter TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    inlines TEXT NOT NULL CHECK (json_valid(inlines)),
    PRIMARY KEY (source_id, style, letter)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
    title, contributors, abstract, concepts, notes, marks,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (1, 'litbase', '0001', '2026-11-23 05:54:32.279926+00:00');
INSERT INTO library (name, value) VALUES ('oldest_reader', '1');
INSERT INTO library (name, value) VALUES ('written_by', '0.1.0');
INSERT INTO source (id, uuid, citekey, doi, type, item, digest, byline, year, title, sort_key, provenance, notices, added, modified, deleted) VALUES (1, '01a206f8-66fb-7772-a7fb-1d7cc3c718dd', 'eubanks2018', '10.1037/pst0000185', 'article-journal', '{"DOI":"10.1037/pst0000185","author":[{"family":"Eubanks","given":"Catherine F."},{"family":"Muran","given":"J. Christopher"},{"family":"Safran","given":"Jeremy D."}],"container-title":"Psychotherapy","id":"eubanks2018","issue":"4","issued":{"date-parts":[[2018]]},"page":"508-519","title":"Alliance rupture repair: A meta-analysis","type":"article-journal","volume":"55"}', '9d9ba295b5c40b49e1f971a6c0b8b749', 'Eubanks et al.', 2018, 'Alliance rupture repair: A meta-analysis', 'eubanks catherine f., muran j. christopher, safran jeremy d. 02018 alliance rupture repair: a meta-analysis', '{"*":{"confidence":"two sources","origin":"shelf","verified":["https://findings.org.uk/PHP/dl.php?file=Eubanks_C_1.cab&s=dy&sf=rel"]}}', '[]', '2026-11-23T05:54:32.315Z', '2026-11-23T05:54:32.315Z', NULL);
INSERT INTO source (id, uuid, citekey, doi, type, item, digest, byline, year, title, sort_key, provenance, notices, added, modified, deleted) VALUES (2, '01a206f8-6713-7027-ab15-1f89cd4a0d0d', 'tronick1989', '10.1037/0003-066x.44.2.112', 'article-journal', '{"DOI":"10.1037/0003-066x.44.2.112","author":[{"family":"Tronick","given":"Edward Z."}],"container-title":"American Psychologist","id":"tronick1989","issue":"2","issued":{"date-parts":[[1989,2]]},"page":"112-119","title":"Emotions and emotional communication in infants","type":"article-journal","volume":"44"}', 'b75c44ca9f3ef026ba9258af6cd4bdf0', 'Tronick', 1989, 'Emotions and emotional communication in infants', 'tronick edward z. 01989 emotions and emotional communication in infants', '{"*":{"caveat":"One stored copy prints the DOI with a doubled slash, as PubMed does for this journal; the publisher’s form is given.","confidence":"two sources","origin":"shelf","verified":["https://suppr.wilddata.cn/browses/detail/pubmed/2653124","https://mafiadoc.com/emotions-and-emotional-communication-in-infants_5af806ab7f8b9a55378b45fd.html"]}}', '[]', '2026-11-23T05:54:32.339Z', '2026-11-23T05:54:32.339Z', NULL);
INSERT INTO source (id, uuid, citekey, doi, type, item, digest, byline, year, title, sort_key, provenance, notices, added, modified, deleted) VALUES (3, '01a206f8-6723-7ca8-9397-83217808c84b', 'deyoung2015', '10.4324/9781315723709', 'book', '{"DOI":"10.4324/9781315723709","ISBN":"9781138840430","author":[{"family":"DeYoung","given":"Patricia A."}],"edition":"2","id":"deyoung2015","issued":{"date-parts":[[2015,4,6]]},"publisher":"Routledge","title":"Relational psychotherapy: A primer","type":"book"}', '85a935c52355f60c5660f131d3cc3e50', 'DeYoung', 2015, 'Relational psychotherapy: A primer', 'deyoung patricia a. 02015 relational psychotherapy: a primer', '{"*":{"caveat":"The DOI was read only in the reference list of a therapist’s blog post; its ISBN part has a valid check digit and follows the publisher’s pattern. Everything else was read on the publisher’s page and the title page.","confidence":"one source","origin":"shelf","verified":["https://www.routledge.com/Relational-Psychotherapy-A-Primer/DeYoung/p/book/9781138840430","https://pdfdrive.to/dl/relational-psychotherapy-a-primer-0"]}}', '[]', '2026-11-23T05:54:32.355Z', '2026-11-23T05:54:32.355Z', '2026-11-23T05:54:33.086Z');
INSERT INTO contributor (source_id, role, position, family, given, folded) VALUES (1, 'author', 0, 'Eubanks', 'Catherine F.', 'eubanks');
INSERT INTO contributor (source_id, role, position, family, given, folded) VALUES (1, 'author', 1, 'Muran', 'J. Christopher', 'muran');
INSERT INTO contributor (source_id, role, position, family, given, folded) VALUES (1, 'author', 2, 'Safran', 'Jeremy D.', 'safran');
INSERT INTO contributor (source_id, role, position, family, given, folded) VALUES (2, 'author', 0, 'Tronick', 'Edward Z.', 'tronick');
INSERT INTO contributor (source_id, role, position, family, given, folded) VALUES (3, 'author', 0, 'DeYoung', 'Patricia A.', 'deyoung');
INSERT INTO note (id, uuid, source_id, owner, private, kind, locator, text, created, modified) VALUES (1, '01a206f8-68a1-7fee-b727-edbf2fd674ee', 2, '', 1, 'note', '', 'A note that must not be lost.', '2026-11-23T05:54:32.737Z', '2026-11-23T05:54:32.737Z');
INSERT INTO concept (id, uuid, name, folded, definition, cues, created) VALUES (1, '01a206f8-66fc-70b4-8362-2dcd5df7eeb6', 'therapeutic relationship', 'therapeutic relationship', 'Everything that goes on between therapist and client as people, including but wider than their agreement to work.', '["therapeutic relationship","therapy relationship","real relationship","therapist contributions"]', '2026-11-23T05:54:32.315Z');
INSERT INTO concept (id, uuid, name, folded, definition, cues, created) VALUES (2, '01a206f8-66fc-7703-9167-f84fe8f98f6a', 'repair', 'repair', 'Finding the way back to contact after a misstep, in a form that leaves both people knowing it can be done.', '["repair","rupture","resolution of ruptures","reparation","mending","misattunement and return"]', '2026-11-23T05:54:32.315Z');
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('alliance rupture repair', 'alliance rupture repair', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('client-therapist relationship', 'client-therapist relationship', 1);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('helping relationship', 'helping relationship', 1);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('relational repair', 'relational repair', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('reparation', 'reparation', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('rupture and repair', 'rupture and repair', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('rupture resolution', 'rupture resolution', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('rupture-repair', 'rupture-repair', 2);
INSERT INTO concept_alias (folded, alias, concept_id) VALUES ('therapy relationship', 'therapy relationship', 1);
INSERT INTO concept_broader (concept_id, broader_id) VALUES (2, 1);
INSERT INTO source_concept (concept_id, year, source_id) VALUES (2, 2018, 1);
INSERT INTO source_concept (concept_id, year, source_id) VALUES (2, 1989, 2);
INSERT INTO source_concept (concept_id, year, source_id) VALUES (2, 2015, 3);
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (1, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'source', '01a206f8-66fb-7772-a7fb-1d7cc3c718dd', NULL, '{"added":"2026-11-23T05:54:32.315Z","byline":"Eubanks et al.","citekey":"eubanks2018","deleted":null,"digest":"9d9ba295b5c40b49e1f971a6c0b8b749","doi":"10.1037/pst0000185","item":"{\"DOI\":\"10.1037/pst0000185\",\"author\":[{\"family\":\"Eubanks\",\"given\":\"Catherine F.\"},{\"family\":\"Muran\",\"given\":\"J. Christopher\"},{\"family\":\"Safran\",\"given\":\"Jeremy D.\"}],\"container-title\":\"Psychotherapy\",\"id\":\"eubanks2018\",\"issue\":\"4\",\"issued\":{\"date-parts\":[[2018]]},\"page\":\"508-519\",\"title\":\"Alliance rupture repair: A meta-analysis\",\"type\":\"article-journal\",\"volume\":\"55\"}","modified":"2026-11-23T05:54:32.315Z","notices":"[]","provenance":"{\"*\":{\"confidence\":\"two sources\",\"origin\":\"shelf\",\"verified\":[\"https://findings.org.uk/PHP/dl.php?file=Eubanks_C_1.cab&s=dy&sf=rel\"]}}","sort_key":"eubanks catherine f., muran j. christopher, safran jeremy d. 02018 alliance rupture repair: a meta-analysis","title":"Alliance rupture repair: A meta-analysis","type":"article-journal","uuid":"01a206f8-66fb-7772-a7fb-1d7cc3c718dd","year":2018}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (2, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept', '01a206f8-66fc-70b4-8362-2dcd5df7eeb6', NULL, '{"created":"2026-11-23T05:54:32.315Z","cues":"[\"therapeutic relationship\",\"therapy relationship\",\"real relationship\",\"therapist contributions\"]","definition":"Everything that goes on between therapist and client as people, including but wider than their agreement to work.","folded":"therapeutic relationship","name":"therapeutic relationship","uuid":"01a206f8-66fc-70b4-8362-2dcd5df7eeb6"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (3, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'therapy relationship', NULL, '{"alias":"therapy relationship","concept":"01a206f8-66fc-70b4-8362-2dcd5df7eeb6"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (4, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'client-therapist relationship', NULL, '{"alias":"client-therapist relationship","concept":"01a206f8-66fc-70b4-8362-2dcd5df7eeb6"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (5, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'helping relationship', NULL, '{"alias":"helping relationship","concept":"01a206f8-66fc-70b4-8362-2dcd5df7eeb6"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (6, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept', '01a206f8-66fc-7703-9167-f84fe8f98f6a', NULL, '{"created":"2026-11-23T05:54:32.315Z","cues":"[\"repair\",\"rupture\",\"resolution of ruptures\",\"reparation\",\"mending\",\"misattunement and return\"]","definition":"Finding the way back to contact after a misstep, in a form that leaves both people knowing it can be done.","folded":"repair","name":"repair","uuid":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (7, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'rupture-repair', NULL, '{"alias":"rupture-repair","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (8, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'rupture and repair', NULL, '{"alias":"rupture and repair","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (9, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'relational repair', NULL, '{"alias":"relational repair","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (10, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'alliance rupture repair', NULL, '{"alias":"alliance rupture repair","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (11, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'rupture resolution', NULL, '{"alias":"rupture resolution","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (12, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_alias', 'reparation', NULL, '{"alias":"reparation","concept":"01a206f8-66fc-7703-9167-f84fe8f98f6a"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (13, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'concept_broader', '01a206f8-66fc-7703-9167-f84fe8f98f6a 01a206f8-66fc-70b4-8362-2dcd5df7eeb6', NULL, '{}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (14, '01a206f8-66fb-7199-8bbb-0aa03fb2052c', '2026-11-23T05:54:32.315Z', '', 'add', 'source_concept', '01a206f8-66fb-7772-a7fb-1d7cc3c718dd 01a206f8-66fc-7703-9167-f84fe8f98f6a', NULL, '{}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (15, '01a206f8-6713-79d7-839c-6f73e1c46e32', '2026-11-23T05:54:32.339Z', '', 'add', 'source', '01a206f8-6713-7027-ab15-1f89cd4a0d0d', NULL, '{"added":"2026-11-23T05:54:32.339Z","byline":"Tronick","citekey":"tronick1989","deleted":null,"digest":"b75c44ca9f3ef026ba9258af6cd4bdf0","doi":"10.1037/0003-066x.44.2.112","item":"{\"DOI\":\"10.1037/0003-066x.44.2.112\",\"author\":[{\"family\":\"Tronick\",\"given\":\"Edward Z.\"}],\"container-title\":\"American Psychologist\",\"id\":\"tronick1989\",\"issue\":\"2\",\"issued\":{\"date-parts\":[[1989,2]]},\"page\":\"112-119\",\"title\":\"Emotions and emotional communication in infants\",\"type\":\"article-journal\",\"volume\":\"44\"}","modified":"2026-11-23T05:54:32.339Z","notices":"[]","provenance":"{\"*\":{\"caveat\":\"One stored copy prints the DOI with a doubled slash, as PubMed does for this journal; the publisher’s form is given.\",\"confidence\":\"two sources\",\"origin\":\"shelf\",\"verified\":[\"https://suppr.wilddata.cn/browses/detail/pubmed/2653124\",\"https://mafiadoc.com/emotions-and-emotional-communication-in-infants_5af806ab7f8b9a55378b45fd.html\"]}}","sort_key":"tronick edward z. 01989 emotions and emotional communication in infants","title":"Emotions and emotional communication in infants","type":"article-journal","uuid":"01a206f8-6713-7027-ab15-1f89cd4a0d0d","year":1989}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (16, '01a206f8-6713-79d7-839c-6f73e1c46e32', '2026-11-23T05:54:32.339Z', '', 'add', 'source_concept', '01a206f8-6713-7027-ab15-1f89cd4a0d0d 01a206f8-66fc-7703-9167-f84fe8f98f6a', NULL, '{}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (17, '01a206f8-6723-7455-9a11-fcf8c5a62805', '2026-11-23T05:54:32.355Z', '', 'add', 'source', '01a206f8-6723-7ca8-9397-83217808c84b', NULL, '{"added":"2026-11-23T05:54:32.355Z","byline":"DeYoung","citekey":"deyoung2015","deleted":null,"digest":"85a935c52355f60c5660f131d3cc3e50","doi":"10.4324/9781315723709","item":"{\"DOI\":\"10.4324/9781315723709\",\"ISBN\":\"9781138840430\",\"author\":[{\"family\":\"DeYoung\",\"given\":\"Patricia A.\"}],\"edition\":\"2\",\"id\":\"deyoung2015\",\"issued\":{\"date-parts\":[[2015,4,6]]},\"publisher\":\"Routledge\",\"title\":\"Relational psychotherapy: A primer\",\"type\":\"book\"}","modified":"2026-11-23T05:54:32.355Z","notices":"[]","provenance":"{\"*\":{\"caveat\":\"The DOI was read only in the reference list of a therapist’s blog post; its ISBN part has a valid check digit and follows the publisher’s pattern. Everything else was read on the publisher’s page and the title page.\",\"confidence\":\"one source\",\"origin\":\"shelf\",\"verified\":[\"https://www.routledge.com/Relational-Psychotherapy-A-Primer/DeYoung/p/book/9781138840430\",\"https://pdfdrive.to/dl/relational-psychotherapy-a-primer-0\"]}}","sort_key":"deyoung patricia a. 02015 relational psychotherapy: a primer","title":"Relational psychotherapy: A primer","type":"book","uuid":"01a206f8-6723-7ca8-9397-83217808c84b","year":2015}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (18, '01a206f8-6723-7455-9a11-fcf8c5a62805', '2026-11-23T05:54:32.355Z', '', 'add', 'source_concept', '01a206f8-6723-7ca8-9397-83217808c84b 01a206f8-66fc-7703-9167-f84fe8f98f6a', NULL, '{}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (19, '01a206f8-68a1-7710-a73d-5ad8cbe56691', '2026-11-23T05:54:32.737Z', '', 'note add', 'note', '01a206f8-68a1-7fee-b727-edbf2fd674ee', NULL, '{"created":"2026-11-23T05:54:32.737Z","kind":"note","locator":"","modified":"2026-11-23T05:54:32.737Z","owner":"","private":1,"source":"01a206f8-6713-7027-ab15-1f89cd4a0d0d","text":"A note that must not be lost.","uuid":"01a206f8-68a1-7fee-b727-edbf2fd674ee"}');
INSERT INTO change (id, step, at, who, command, entity, key, before, after) VALUES (20, '01a206f8-69fe-7dd5-afd2-5e8fab6e7566', '2026-11-23T05:54:33.086Z', '', 'remove', 'source', '01a206f8-6723-7ca8-9397-83217808c84b', '{"deleted":null}', '{"deleted":"2026-11-23T05:54:33.086Z"}');
INSERT INTO search (rowid, title, contributors, abstract, concepts, notes, marks) VALUES (1, 'Alliance rupture repair: A meta-analysis
Psychotherapy', 'Catherine F. Eubanks; J. Christopher Muran; Jeremy D. Safran', '', 'repair, alliance rupture repair, relational repair, reparation, rupture and repair, rupture resolution, rupture-repair', '', 'c2');
INSERT INTO search (rowid, title, contributors, abstract, concepts, notes, marks) VALUES (2, 'Emotions and emotional communication in infants
American Psychologist', 'Edward Z. Tronick', '', 'repair, alliance rupture repair, relational repair, reparation, rupture and repair, rupture resolution, rupture-repair', 'A note that must not be lost.', 'c2');
PRAGMA application_id = 1279874114;
PRAGMA user_version = 1;
