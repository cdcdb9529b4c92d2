"""The API of imports: files in, what became of each out. Only ever one's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from members.models import ImportBatch, ImportEntry
from members.selectors.imports import entries_of, imports_of, progress_of
from members.services.imports import corrections
from members.services.imports.uploads import receive
from members.tasks import begin_import

FIRST = 500  # entries that stand in the answer to an upload


class ImportEntrySerializer(serializers.ModelSerializer):
    """What became of one activity of a file, or of a file without one. Metres, seconds."""

    file = serializers.CharField(source="name")
    activity_id = serializers.IntegerField(allow_null=True, help_text="What it became.")
    matched_id = serializers.IntegerField(
        allow_null=True, help_text="What in the log it was taken for."
    )
    kind = serializers.CharField(help_text="As of an activity; empty where none was found.")

    class Meta:
        model = ImportEntry
        fields = (
            "id", "file", "status", "reason", "match", "kind", "started_at", "distance_m",
            "duration_s", "activity_id", "matched_id",
        )  # fmt: skip


class ImportSerializer(serializers.ModelSerializer):
    """One import; `counts` has how many entries there are of each status."""

    counts = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields = ("id", "state", "created_at", "finished_at", "error", "counts")

    def get_counts(self, batch: ImportBatch) -> dict[str, int]:
        """Return them by status."""
        return {one: getattr(batch, f"count_{one}") for one in ImportEntry.Status.values}


class ImportDetailSerializer(ImportSerializer):
    """One import, how far it is, and its first 500 entries."""

    files_read = serializers.SerializerMethodField()
    files_known = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = (*ImportSerializer.Meta.fields, "files_read", "files_known", "files")

    def get_files_read(self, batch: ImportBatch) -> int:
        """Return how many files, of archives their members, are read."""
        return progress_of(batch).read

    def get_files_known(self, batch: ImportBatch) -> int:
        """Return how many are known of so far."""
        return progress_of(batch).files

    @extend_schema_field(ImportEntrySerializer(many=True))
    def get_files(self, batch: ImportBatch) -> list[dict[str, Any]]:
        """Return what became of each; none while it waits to be read."""
        return list(ImportEntrySerializer(entries_of(batch)[:FIRST], many=True).data)


class UploadSerializer(serializers.Serializer):
    """Activity files, or archives of them; `file` may be sent several times."""

    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), allow_empty=False
    )


class OwnImports:
    """The imports of the one who asks."""

    queryset = ImportBatch.objects.none()

    def get_queryset(self) -> QuerySet[ImportBatch]:
        """Return nobody else's."""
        return imports_of(self.request.user)  # type: ignore[attr-defined]


class ImportListView(OwnImports, generics.ListAPIView):
    """One's imports, newest first; POST takes files in."""

    parser_classes = (MultiPartParser,)
    serializer_class = ImportSerializer

    @extend_schema(
        request=UploadSerializer,
        responses={200: ImportDetailSerializer, 202: ImportDetailSerializer,
                   422: ImportDetailSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Take files in: 200 where they are read, 202 where they will be, 422 where none could."""
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            batch = receive(request.user, serializer.validated_data["file"], now=timezone.now())  # type: ignore[arg-type]
        except ValidationError as error:
            raise serializers.ValidationError({"file": error.messages}) from error
        begin_import(batch)
        batch = self.get_queryset().get(pk=batch.pk)
        answer = ImportDetailSerializer(batch).data
        nothing_read = set(progress_of(batch).counts) == {ImportEntry.Status.FAILED}
        status = 202 if batch.is_unread else 422 if nothing_read else 200
        return Response(answer, status=status)


class ImportDetailView(OwnImports, generics.RetrieveAPIView):
    """One import; ask again while its `state` is `waiting` or `working`."""

    serializer_class = ImportDetailSerializer


class EntryFilter(filters.FilterSet):
    """By what became of it."""

    class Meta:
        model = ImportEntry
        fields = ("status",)


class ImportEntriesView(generics.ListAPIView):
    """What became of each activity of an import, in the order of the files."""

    serializer_class = ImportEntrySerializer
    filterset_class = EntryFilter
    queryset = ImportEntry.objects.none()

    def get_queryset(self) -> QuerySet[ImportEntry]:
        """Return those of one's own import."""
        if getattr(self, "swagger_fake_view", False):
            return ImportEntry.objects.none()
        batch = get_object_or_404(ImportBatch, pk=self.kwargs["pk"], runner=self.request.user)
        return entries_of(batch)


class ImportDifferentView(generics.GenericAPIView):
    """What was taken for an activity of the log is another one: log it as such."""

    serializer_class = ImportEntrySerializer
    queryset = ImportEntry.objects.none()

    @extend_schema(request=None, responses={200: ImportEntrySerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Keep the two apart; 400 where it was not taken for another."""
        entry = get_object_or_404(ImportEntry, pk=pk, batch__runner=request.user)
        corrections.keep_apart(entry, now=timezone.now())
        return Response(self.get_serializer(entry).data)


class ImportUndoView(OwnImports, generics.GenericAPIView):
    """Take back what an import added and merged; what was changed since stays."""

    serializer_class = ImportDetailSerializer

    @extend_schema(request=None, responses={200: ImportDetailSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Undo it. A second time changes nothing."""
        batch = get_object_or_404(ImportBatch, pk=pk, runner=request.user)
        corrections.undo_import(batch, now=timezone.now())
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)
