-- Run once by a superuser. Change both passwords.
CREATE ROLE advocacy_runner LOGIN PASSWORD 'change me';
CREATE ROLE advocacy_owner LOGIN PASSWORD 'change me too';
-- Names and words sort the same on every machine.
CREATE DATABASE advocacy OWNER advocacy_owner ENCODING 'UTF8'
    LOCALE_PROVIDER builtin LOCALE 'C.UTF-8' TEMPLATE template0;
-- The rights of the runner over each table are given by the migrations.

-- A machine that is cut off in the middle of a transaction says nothing more; what it had locked is let go.
ALTER ROLE advocacy_runner SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE advocacy_runner SET tcp_keepalives_idle = 10;
ALTER ROLE advocacy_runner SET tcp_keepalives_interval = 3;
ALTER ROLE advocacy_runner SET tcp_keepalives_count = 3;
