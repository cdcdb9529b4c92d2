"""What members tell whoever listens; members itself knows no listener.

`training_changed` is sent inside the writing transaction with `runner` (User), `first_day` (date:
the earliest local date that changed) and `now`.
"""

from django.dispatch import Signal

training_changed = Signal()
