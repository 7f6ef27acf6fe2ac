from django.db import migrations

# A version is a row that moves, so it cannot be closed to changes as a whole. Its words can, once they are out.
MADE = """
CREATE FUNCTION guidelines_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['state', 'state_at', 'asked_all_at', 'edited_by_id', 'submitted_by_id'];
BEGIN
    IF OLD.state IN ('draft', 'in_review') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF OLD.state IN ('superseded', 'withdrawn') AND TG_OP = 'UPDATE'
        AND (NEW.state, NEW.state_at) IS DISTINCT FROM (OLD.state, OLD.state_at) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: what is over does not come back';
    END IF;
    IF TG_OP = 'DELETE' OR NEW.state IN ('draft', 'in_review') OR to_jsonb(OLD) - moves <> to_jsonb(NEW) - moves THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: what was published cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON guidelines_version
    FOR EACH ROW EXECUTE FUNCTION guidelines_published_stays();
"""
GONE = """
DROP TRIGGER published_stays ON guidelines_version;
DROP FUNCTION guidelines_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0020_packs")]

    operations = [migrations.RunSQL(MADE, GONE)]
