"""What members tell whoever listens; members itself knows no listener.

`training_changed` is sent inside the writing transaction with `runner` (User), `first_day` (date:
the earliest local date that changed) and `now`. `soon` False: more changes follow at once, and the
last of them says `soon` again; note this one, and leave what costs time until then.

`invited` is sent inside the transaction that stores an invitation with `invitation` and `now`:
whoever keeps the send ledger has its mail sent.

`health_consent_withdrawn` is sent inside the withdrawing transaction with `user`: whoever keeps a
copy of answers about pain deletes it.
"""

from django.dispatch import Signal

training_changed = Signal()
invited = Signal()
health_consent_withdrawn = Signal()
