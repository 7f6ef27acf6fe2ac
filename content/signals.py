from django.dispatch import Signal

# Sent after commit with `story_id` and `at`. It only rings: whoever plans shares also finds withdrawn stories itself.
story_withdrawn = Signal()
