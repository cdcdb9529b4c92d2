"""The session of a return-to-run plan, with everything that decides whether it counts."""

from typing import Any

from injuries.forms.fields import scale, yes_no
from members.forms.training import ActivityForm


class SessionForm(ActivityForm):
    """A walk or a run of the plan: how the heel was is asked every time."""

    during = scale("Worst pain during it")
    gait_changed = yes_no("Did you walk or run differently because of it?")
    painkiller = yes_no("Did you take a painkiller before?")

    SHOWN = ("on", "distance", "duration", "shoe")
    PAIN = ("during", "gait_changed", "painkiller")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (
            ("during", "Choose a number from 0 to 10; 0 is no pain."),
            ("gait_changed", "Choose yes or no."),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    def said_about_pain(self) -> dict[str, Any]:
        """Return what was said about the heel."""
        return {name: self.cleaned_data[name] for name in self.PAIN}
