"""The API of who one is."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from members.models import Membership, User
from members.selectors.people import clubs_of


class MembershipSerializer(serializers.ModelSerializer):
    """One of one's memberships."""

    club = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    club_name = serializers.CharField(source="club.name", read_only=True)
    squad = serializers.CharField(
        source="squad.name", read_only=True, default=None, allow_null=True
    )

    class Meta:
        model = Membership
        fields = ("id", "club", "club_name", "role", "squad", "sharing", "joined_at")


class MeSerializer(serializers.ModelSerializer):
    """The one who asks."""

    keeps_pain = serializers.SerializerMethodField()
    memberships = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "email", "name", "time_zone", "unit", "keeps_pain", "memberships")

    def get_keeps_pain(self, user: User) -> bool:
        """Whether answers about pain may be sent."""
        return user.health_consent_at is not None

    @extend_schema_field(MembershipSerializer(many=True))
    def get_memberships(self, user: User) -> list[dict[str, object]]:
        """The clubs one is in now, by name."""
        return MembershipSerializer(clubs_of(user).select_related("squad"), many=True).data


class MeView(APIView):
    """Who am I, and where?"""

    @extend_schema(operation_id="me", responses=MeSerializer, tags=["me"])
    def get(self, request: Request) -> Response:
        """Return the owner of the key or session with their memberships."""
        return Response(MeSerializer(request.user).data)
