from content.forms.attachments import AttachmentRows
from content.forms.campaigns import CampaignForm
from content.forms.captions import CaptionForm, CaptionRows
from content.forms.channels import ChannelForm
from content.forms.disclosures import DisclosureForm
from content.forms.feeds import FeedForm
from content.forms.moments import MomentField
from content.forms.stories import ScheduleForm, StoryForm

__all__ = [
    "AttachmentRows",
    "CampaignForm",
    "CaptionForm",
    "CaptionRows",
    "ChannelForm",
    "DisclosureForm",
    "FeedForm",
    "MomentField",
    "ScheduleForm",
    "StoryForm",
]
