-- Run once by a superuser. Change both passwords.
CREATE ROLE advocacy_runner LOGIN PASSWORD 'change me';
CREATE ROLE advocacy_owner LOGIN PASSWORD 'change me too';
-- Names and words sort the same on every machine.
CREATE DATABASE advocacy OWNER advocacy_owner ENCODING 'UTF8'
    LOCALE_PROVIDER builtin LOCALE 'C.UTF-8' TEMPLATE template0;
-- The rights of the runner over each table are given by the migrations.
