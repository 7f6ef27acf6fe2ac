from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from core.flow import FlowModel


@register()
def every_state_is_reached(**_: Any) -> list[CheckMessage]:
    """Start refuses a flow with a state that no move leads to."""
    return [
        Error(f"{model._meta.label}: no move leads to {', '.join(sorted(model.flow.unreachable()))}", id="core.E001")
        for model in apps.get_models()
        if issubclass(model, FlowModel) and model.flow.unreachable()
    ]
