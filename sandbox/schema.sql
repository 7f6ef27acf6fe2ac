CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
    platform TEXT NOT NULL, remote_id TEXT NOT NULL, name TEXT NOT NULL, display TEXT NOT NULL,
    followers INTEGER NOT NULL, created_at REAL NOT NULL,
    PRIMARY KEY (platform, remote_id), UNIQUE (platform, name)
);
CREATE TABLE IF NOT EXISTS apps (
    platform TEXT NOT NULL, client_id TEXT NOT NULL, client_secret TEXT NOT NULL, name TEXT NOT NULL,
    redirect_uris TEXT NOT NULL, scopes TEXT NOT NULL, website TEXT,
    PRIMARY KEY (platform, client_id)
);
CREATE TABLE IF NOT EXISTS codes (
    code TEXT PRIMARY KEY, platform TEXT NOT NULL, client_id TEXT NOT NULL, remote_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL, scope TEXT NOT NULL, challenge TEXT, method TEXT,
    issued_at REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, platform TEXT NOT NULL, kind TEXT NOT NULL, remote_id TEXT NOT NULL,
    client_id TEXT NOT NULL, scope TEXT NOT NULL, family TEXT NOT NULL, issued_at REAL NOT NULL,
    expires_at REAL, state TEXT NOT NULL DEFAULT 'live', used_at REAL
);
CREATE INDEX IF NOT EXISTS tokens_of_a_person ON tokens (platform, remote_id);
CREATE INDEX IF NOT EXISTS tokens_of_a_family ON tokens (family);
CREATE TABLE IF NOT EXISTS pushed (
    request_uri TEXT PRIMARY KEY, client_id TEXT NOT NULL, body TEXT NOT NULL, life REAL NOT NULL, at REAL NOT NULL,
    code TEXT NOT NULL DEFAULT '', family TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS bound (family TEXT PRIMARY KEY, key TEXT NOT NULL, ends_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS dead_passwords (remote_id TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (remote_id, digest));
CREATE TABLE IF NOT EXISTS posts (
    seq INTEGER PRIMARY KEY, platform TEXT NOT NULL, account TEXT NOT NULL, post_id TEXT NOT NULL, url TEXT NOT NULL,
    text TEXT NOT NULL, link TEXT, card TEXT, body TEXT NOT NULL, fingerprint TEXT, marker TEXT,
    at REAL NOT NULL, deleted_at REAL,
    likes INTEGER NOT NULL DEFAULT 0, reposts INTEGER NOT NULL DEFAULT 0, replies INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0, impressions INTEGER NOT NULL DEFAULT 0, clicks INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS posts_by_id ON posts (platform, post_id);
CREATE INDEX IF NOT EXISTS posts_of_an_account ON posts (platform, account, seq);
CREATE INDEX IF NOT EXISTS posts_by_words ON posts (platform, account, fingerprint);
CREATE INDEX IF NOT EXISTS posts_by_marker ON posts (marker);
CREATE INDEX IF NOT EXISTS posts_there_are ON posts (platform, account) WHERE deleted_at IS NULL;
CREATE TABLE IF NOT EXISTS replies (
    seq INTEGER PRIMARY KEY, post INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS replies_to_a_post ON replies (post);
CREATE TABLE IF NOT EXISTS media (
    platform TEXT NOT NULL, media_id TEXT NOT NULL, account TEXT NOT NULL, mime TEXT NOT NULL, alt TEXT NOT NULL,
    bytes BLOB, ready_at REAL, at REAL NOT NULL,
    PRIMARY KEY (platform, media_id)
);
CREATE TABLE IF NOT EXISTS containers (
    container_id TEXT PRIMARY KEY, account TEXT NOT NULL, body TEXT NOT NULL, ready_at REAL NOT NULL,
    error TEXT NOT NULL, at REAL NOT NULL, post_id TEXT
);
CREATE TABLE IF NOT EXISTS idempotency (
    account TEXT NOT NULL, key TEXT NOT NULL, post_id TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (account, key)
);
CREATE TABLE IF NOT EXISTS town_events (due REAL NOT NULL, post INTEGER NOT NULL, kind TEXT NOT NULL, visitor TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS town_events_due ON town_events (due);
