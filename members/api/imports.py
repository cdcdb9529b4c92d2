"""The API of activity files."""

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from members.forms.imports import MAX_UPLOAD_BYTES
from members.services.imports import Import


class FileResultSerializer(serializers.Serializer):
    """What became of one activity of a file."""

    file = serializers.CharField()
    status = serializers.ChoiceField(choices=["added", "duplicate", "skipped", "failed"])
    reason = serializers.CharField()
    kind = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    distance_m = serializers.IntegerField(allow_null=True)
    duration_s = serializers.IntegerField(allow_null=True)
    activity_id = serializers.IntegerField(allow_null=True)


class UploadSerializer(serializers.Serializer):
    """One activity file or zip."""

    file = serializers.FileField(allow_empty_file=True)

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        """Refuse what the page refuses."""
        if (file.size or 0) > MAX_UPLOAD_BYTES:
            raise serializers.ValidationError("That is more than 100 MB. Send it in parts.")
        return file


RESULTS = inline_serializer("ImportResults", {"files": FileResultSerializer(many=True)})


class ImportView(generics.GenericAPIView):
    """Take in a file or a zip; 422 where nothing of it could be read."""

    parser_classes = (MultiPartParser,)
    serializer_class = UploadSerializer

    @extend_schema(responses={200: RESULTS, 422: RESULTS})
    def post(self, request: Request) -> Response:
        """Import the file."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        upload = serializer.validated_data["file"]
        incoming = Import(request.user, now=timezone.now())
        results = list(incoming.take(name=upload.name, content=upload.read()))
        incoming.close()
        nothing_read = all(result.status == "failed" for result in results)
        data = {"files": FileResultSerializer(results, many=True).data}
        return Response(data, status=422 if nothing_read else 200)
