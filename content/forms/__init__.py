from content.forms.attachments import AttachmentRows
from content.forms.captions import CaptionForm, CaptionRows
from content.forms.feeds import FeedForm
from content.forms.moments import MomentField
from content.forms.stories import ScheduleForm, StoryForm

__all__ = ["AttachmentRows", "CaptionForm", "CaptionRows", "FeedForm", "MomentField", "ScheduleForm", "StoryForm"]
