"""One's own activities through the API, as on the log page: a change or deletion can be undone."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from injuries.services.undo import (
    delete_with_undo,
    edit_with_undo,
    may_have_undos,
    undo_newest,
)
from members.api.training import ActivityViewSet, StoredActivitySerializer
from members.models import Activity


class UndoableActivityViewSet(ActivityViewSet):
    """One's own activities. A second POST with the same `client_key` answers 200 with the first."""

    def perform_update(self, serializer: Any) -> None:
        """Change an activity, so that it can be undone; its key stays."""
        edit_with_undo(serializer.instance, now=timezone.now(), **self.changes(serializer))

    def perform_destroy(self, instance: Activity) -> None:
        """Delete an activity, so that it can be undone."""
        delete_with_undo(instance, now=timezone.now())

    @extend_schema(request=None, responses=StoredActivitySerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take back the newest change or the deletion of an activity of the last thirty days."""
        number = int(pk) if pk.isdecimal() else 0
        if not may_have_undos(request.user, activity_id=number):  # type: ignore[arg-type]
            raise Http404
        undo_newest(request.user, activity_id=number, now=timezone.now())  # type: ignore[arg-type]
        return Response(self.stored(self.get_object()))
