"""What members tell whoever listens; members itself knows no listener.

`training_changed` is sent inside the writing transaction with `runner` (User), `first_day` (date:
the earliest local date that changed) and `now`. `soon` False: more changes follow at once, and the
last of them says `soon` again; note this one, and leave what costs time until then.
"""

from django.dispatch import Signal

training_changed = Signal()
