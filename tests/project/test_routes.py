"""Every address of the site, walked as everybody: who comes in, who is refused and how.

Stranger: 404 on a club's pages. Member without the right: 403. Without a login: pages send to the
login, the API answers 401. Somebody else's run, shoe, heel or key: 404. What is refused changes
nothing and tells nothing. An address that is missing in a table below fails.
"""

import contextlib
import datetime as dt
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dashboards.links import mail_off_link
from dashboards.models import Digest
from dashboards.selectors.sheet import physio_sheet
from dashboards.services.sheets import share_sheet
from injuries.links import check_token, morning_token
from injuries.models import ActivityUndo, CoachDecision
from members.links import days_token, join_token
from members.models import Invitation, Role, ShoeCheck
from members.services.tokens import create_token
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    ClubFactory,
    ImportEntryFactory,
    MembershipFactory,
    PlannedBreakFactory,
    ReturnPlanFactory,
    RunGroupFactory,
    ShoeFactory,
    SoftRouteFactory,
    SquadFactory,
    TableLayoutFactory,
)

SESSIONS = "django_session"
RUNNER = "Robin Runner"
# The Content-Security-Policy lets nothing inline run; data for a chart is no code.
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(?: src=|application/json))")
ROLES = ("anonymous", "outsider", "elsewhere", "runner", "coach", "admin")

# What an empty form or body answers, per role in the order of ROLES. "elsewhere" coaches another
# club. "login": sent to the login page.
TABLE = """
healthz                           GET   200   200 200 200 200 200
healthz                           POST  405   405 405 405 405 405
readyz                            GET   200   200 200 200 200 200
readyz                            POST  405   405 405 405 405 405

manifest                          GET   200   200 200 200 200 200
manifest                          POST  405   405 405 405 405 405
service-worker                    GET   200   200 200 200 200 200
service-worker                    POST  405   405 405 405 405 405

dashboards:my-week                GET   login 200 200 200 200 200
dashboards:my-week                POST  login 405 405 405 405 405
dashboards:history                   GET   login 200 200 200 200 200
dashboards:history                   POST  login 405 405 405 405 405
dashboards:my-data                GET   login 200 200 200 200 200
dashboards:my-data                POST  login 405 405 405 405 405
dashboards:data-export            GET   login 405 405 405 405 405
dashboards:data-export            POST  login 302 302 302 302 302
dashboards:data-download          GET   login 404 404 404 404 404
dashboards:data-download          POST  login 405 405 405 405 405
dashboards:data-restore           GET   login 200 200 200 200 200
dashboards:data-restore           POST  login 422 422 422 422 422
dashboards:data-erase             GET   login 302 302 302 302 302
dashboards:data-erase             POST  login 302 302 302 302 302
dashboards:physio                 GET   login 200 200 200 200 200
dashboards:physio                 POST  login 422 422 422 422 422
dashboards:sheet-withdraw         GET   login 405 405 405 405 405
dashboards:sheet-withdraw         POST  login 404 404 302 404 404
dashboards:sheet                  GET   200   200 200 200 200 200
dashboards:sheet                  POST  200   200 200 200 200 200
dashboards:what-if                GET   login 200 200 200 200 200
dashboards:what-if                POST  login 405 405 405 405 405
dashboards:course                 GET   login 404 404 200 404 404
dashboards:course                 POST  login 405 405 405 405 405
dashboards:board                  GET   login 404 404 403 200 403
dashboards:board                  POST  login 404 404 403 405 403
dashboards:runner                 GET   login 404 404 403 200 403
dashboards:runner                 POST  login 404 404 403 405 403
dashboards:runner-what-if         GET   login 404 404 403 200 403
dashboards:runner-what-if         POST  login 404 404 403 405 403
dashboards:decide                 GET   login 404 404 403 200 403
dashboards:decide                 POST  login 404 404 403 422 403
dashboards:act                    GET   login 404 404 403 405 403
dashboards:act                    POST  login 404 404 403 422 403
dashboards:undo                   GET   login 404 404 403 405 403
dashboards:undo                   POST  login 404 404 403 302 403
dashboards:outcome                GET   login 404 404 403 200 403
dashboards:outcome                POST  login 404 404 403 422 403
dashboards:trends                 GET   login 404 404 403 200 403
dashboards:trends                 POST  login 404 404 403 405 403
dashboards:injuries               GET   login 404 404 403 200 403
dashboards:injuries               POST  login 404 404 403 200 403
dashboards:own-routes             GET   login 200 200 200 200 200
dashboards:own-routes             POST  login 405 405 405 405 405
dashboards:plan                   GET   login 404 404 403 200 403
dashboards:plan                   POST  login 404 404 403 405 403
dashboards:plan-run-add           GET   login 404 404 403 200 403
dashboards:plan-run-add           POST  login 404 404 403 422 403
dashboards:plan-run               GET   login 404 404 403 200 403
dashboards:plan-run               POST  login 404 404 403 422 403
dashboards:plan-run-remove        GET   login 404 404 403 405 403
dashboards:plan-run-remove        POST  login 404 404 403 302 403
dashboards:routes                 GET   login 404 404 403 200 200
dashboards:routes                 POST  login 404 404 403 422 422
dashboards:route                  GET   login 404 404 403 200 200
dashboards:route                  POST  login 404 404 403 422 422
dashboards:route-remove           GET   login 404 404 403 405 405
dashboards:route-remove           POST  login 404 404 403 302 404
dashboards:flags                  GET   login 404 404 403 200 200
dashboards:flags                  POST  login 404 404 403 405 405
dashboards:club-mail              GET   login 404 404 403 403 200
dashboards:club-mail              POST  login 404 404 403 403 405
dashboards:resend                 GET   login 404 404 403 403 405
dashboards:resend                 POST  login 404 404 403 403 302
dashboards:ops                    GET   login 403 403 403 403 403
dashboards:ops                    POST  login 405 405 405 405 405
dashboards:mail-off               GET   200   200 200 200 200 200
dashboards:mail-off               POST  200   200 200 200 200 200
dashboards:mail-settings          GET   login 200 200 200 200 200
dashboards:mail-settings          POST  login 422 422 422 422 422
dashboards:mail-preview           GET   login 404 404 200 404 404
dashboards:mail-preview           POST  login 405 405 405 405 405
dashboards:mail-preview-html      GET   login 404 404 200 404 404
dashboards:mail-preview-html      POST  login 405 405 405 405 405
dashboards:notice-preview         GET   login 200 200 200 200 200
dashboards:notice-preview         POST  login 405 405 405 405 405
dashboards:notice-preview-html    GET   login 200 200 200 200 200
dashboards:notice-preview-html    POST  login 405 405 405 405 405
dashboards:demo-mail              GET   login 404 404 404 404 404
dashboards:demo-mail              POST  login 405 405 405 405 405
dashboards:demo-mail-one          GET   login 404 404 404 404 404
dashboards:demo-mail-one          POST  login 405 405 405 405 405
dashboards:demo-mail-html         GET   login 404 404 404 404 404
dashboards:demo-mail-html         POST  login 405 405 405 405 405

injuries:log                      GET   login 200 200 200 200 200
injuries:log                      POST  login 422 422 422 422 422
injuries:log-offline              GET   200   200 200 200 200 200
injuries:log-offline              POST  405   405 405 405 405 405
injuries:log-session              GET   200   200 200 200 200 200
injuries:log-session              POST  405   405 405 405 405 405
injuries:log-send                 GET   login 405 405 405 405 405
injuries:log-send                 POST  login 409 409 409 409 409
injuries:log-undos                GET   login 200 200 200 200 200
injuries:log-undos                POST  login 405 405 405 405 405
injuries:log-undo                 GET   login 405 405 405 405 405
injuries:log-undo                 POST  login 404 404 302 404 404
injuries:log-edit                 GET   login 404 404 200 404 404
injuries:log-edit                 POST  login 404 404 422 404 404
injuries:log-answer               GET   login 404 404 200 404 404
injuries:log-answer               POST  login 405 405 405 405 405
injuries:log-delete               GET   login 404 404 200 404 404
injuries:log-delete               POST  login 404 404 302 404 404
injuries:heel                     GET   login 200 200 200 200 200
injuries:heel                     POST  login 422 422 422 422 422
injuries:morning                  GET   login 200 200 200 200 200
injuries:morning                  POST  login 422 422 422 422 422
injuries:problem                  GET   login 404 404 200 404 404
injuries:problem                  POST  login 404 404 302 404 404
injuries:red-flags                GET   login 404 404 200 404 404
injuries:red-flags                POST  login 404 404 302 404 404
injuries:plan                     GET   login 404 404 200 404 404
injuries:plan                     POST  login 404 404 302 404 404
injuries:session                  GET   login 404 404 200 404 404
injuries:session                  POST  login 404 404 422 404 404
injuries:hold                     GET   login 404 404 403 405 403
injuries:hold                     POST  login 404 404 403 302 403
injuries:guide-spots              GET   login 200 200 200 200 200
injuries:guide-spots              POST  login 405 405 405 405 405
injuries:guide                    GET   login 200 200 200 200 200
injuries:guide                    POST  login 405 405 405 405 405
injuries:check                    GET   login 200 200 200 200 200
injuries:details                  GET   login 404 404 200 404 404
injuries:details                  POST  login 404 404 302 404 404
injuries:check                    POST  login 422 422 422 422 422
injuries:check-link               GET   200   410 410 200 410 410
injuries:check-link               POST  422   410 410 422 410 410
members:days-link                 GET   200   410 410 200 410 410
members:days-link                 POST  200   410 410 200 410 410
injuries:morning-link             GET   200   410 410 200 410 410
injuries:morning-link             POST  422   410 410 422 410 410

members:shoes                     GET   login 200 200 200 200 200
members:shoes                     POST  login 422 422 422 422 422
members:shoe                      GET   login 404 404 200 404 404
members:shoe                      POST  login 404 404 422 404 404
members:shoe-retire               GET   login 405 405 405 405 405
members:shoe-retire               POST  login 404 404 302 404 404
members:shoe-delete               GET   login 404 404 200 404 404
members:shoe-delete               POST  login 404 404 302 404 404
members:shoe-comfort              GET   login 405 405 405 405 405
members:shoe-comfort              POST  login 404 404 302 404 404
members:shoe-check-take-back      GET   login 405 405 405 405 405
members:shoe-check-take-back      POST  login 404 404 302 404 404
members:shoe-check                GET   login 404 404 200 404 404
members:shoe-check                POST  login 404 404 422 404 404
members:comfort-later             GET   login 405 405 405 405 405
members:comfort-later             POST  login 302 302 302 302 302
members:untagged                  GET   login 200 200 200 200 200
members:untagged                  POST  login 422 422 422 422 422
members:untagged-undo             GET   login 405 405 405 405 405
members:untagged-undo             POST  login 302 302 302 302 302
injuries:shoe-note                GET   login 404 404 200 404 404
injuries:shoe-note                POST  login 404 404 200 404 404
members:days                      GET   login 200 200 200 200 200
members:days                      POST  login 422 422 422 422 422
members:breaks                    GET   login 405 405 405 405 405
members:breaks                    POST  login 422 422 422 422 422
members:break-cancel              GET   login 405 405 405 405 405
members:break-cancel              POST  login 404 404 302 404 404
members:routines                  GET   login 405 405 405 405 405
members:routines                  POST  login 422 422 422 422 422
members:import                    GET   login 200 200 200 200 200
members:import                    POST  login 422 422 422 422 422
members:import-batch              GET   login 404 404 200 404 404
members:import-batch              POST  login 405 405 405 405 405
members:import-live               GET   login 404 404 302 404 404
members:import-live               POST  login 405 405 405 405 405
members:import-undo               GET   login 404 404 200 404 404
members:import-undo               POST  login 404 404 302 404 404
members:import-different          GET   login 405 405 405 405 405
members:import-different          POST  login 404 404 302 404 404
members:import-columns            GET   login 404 404 200 404 404
members:import-columns            POST  login 404 404 422 404 404
members:import-forget             GET   login 405 405 405 405 405
members:import-forget             POST  login 404 404 302 404 404
members:join-by-code              GET   200   200 200 200 200 200
members:join-by-code              POST  422   422 422 422 422 422
members:roster                    GET   login 404 404 403 403 200
members:roster                    POST  login 404 404 403 403 422
members:join-code                 GET   login 404 404 403 403 405
members:join-code                 POST  login 404 404 403 403 302
members:claim-link                GET   login 404 404 403 403 405
members:claim-link                POST  login 404 404 403 403 200
members:join                      GET   200   403 403 403 403 403
members:join                      POST  422   403 403 403 403 403
members:settings                  GET   login 200 200 200 200 200
members:settings                  POST  login 422 422 422 422 422
members:previous-injury           GET   login 405 405 405 405 405
members:previous-injury           POST  login 302 302 302 302 302
members:health                    GET   login 405 405 405 405 405
members:health                    POST  login 422 422 422 422 422
members:sharing                   GET   login 405 405 405 405 405
members:sharing                   POST  login 404 404 422 404 404
members:leave                     GET   login 404 404 200 404 404
members:leave                     POST  login 404 404 302 404 404
members:who-looked                GET   login 200 200 200 200 200
members:who-looked                POST  login 405 405 405 405 405
members:tokens                    GET   login 200 200 200 200 200
members:tokens                    POST  login 422 422 422 422 422
members:token-revoke              GET   login 405 405 405 405 405
members:token-revoke              POST  login 404 404 302 404 404
members:club-members              GET   login 404 404 403 200 200
members:club-members              POST  login 404 404 403 405 405
members:invite                    GET   login 404 404 403 403 405
members:invite                    POST  login 404 404 403 403 422
members:club-member               GET   login 404 404 403 403 200
members:club-member               POST  login 404 404 403 403 422
members:club-member-end           GET   login 404 404 403 403 200
members:club-member-end           POST  login 404 404 403 403 302
members:invitation-revoke         GET   login 404 404 403 403 405
members:invitation-revoke         POST  login 404 404 403 403 302
members:club-settings             GET   login 404 404 403 403 200
members:club-settings             POST  login 404 404 403 403 422
members:squad-add                 GET   login 404 404 403 403 405
members:squad-add                 POST  login 404 404 403 403 422
members:squad                     GET   login 404 404 403 403 200
members:squad                     POST  login 404 404 403 403 422
members:squad-remove              GET   login 404 404 403 403 405
members:squad-remove              POST  login 404 404 403 403 302

api-schema                        GET   401   200 200 200 200 200
api-schema                        POST  401   405 405 405 405 405
api-me                            GET   401   200 200 200 200 200
api-me                            POST  401   405 405 405 405 405
activity-list                     GET   401   200 200 200 200 200
activity-list                     POST  401   400 400 400 400 400
activity-detail                   GET   401   404 404 200 404 404
activity-detail                   POST  401   405 405 405 405 405
activity-detail                   PUT   401   404 404 400 404 404
activity-detail                   PATCH 401   404 404 200 404 404
activity-detail                  DELETE 401   404 404 204 404 404
activity-undo                     GET   401   405 405 405 405 405
activity-undo                     POST  401   404 404 200 404 404
shoe-list                         GET   401   200 200 200 200 200
shoe-list                         POST  401   400 400 400 400 400
shoe-detail                       GET   401   404 404 200 404 404
shoe-detail                       POST  401   405 405 405 405 405
shoe-detail                       PUT   401   404 404 400 404 404
shoe-detail                       PATCH 401   404 404 200 404 404
shoe-detail                      DELETE 401   404 404 204 404 404
api-comfort                       GET   401   404 404 200 404 404
api-comfort                       POST  401   404 404 400 404 404
api-shoe-check                    GET    401 405 405 405 405 405
api-shoe-check                    POST   401 405 405 405 405 405
api-shoe-check                    DELETE 401 404 404 204 404 404
api-shoe-checks                   GET   401   404 404 200 404 404
api-shoe-checks                   POST  401   404 404 400 404 404
api-untagged                      GET   401   200 200 200 200 200
api-untagged                      POST  401   405 405 405 405 405
api-tag-runs                      GET   401   405 405 405 405 405
api-tag-runs                      POST  401   400 400 400 400 400
api-days                          GET   401   200 200 200 200 200
api-days                          POST  401   400 400 400 400 400
api-breaks                        GET   401   200 200 200 200 200
api-breaks                        POST  401   400 400 400 400 400
api-break                         GET   401   404 404 200 404 404
api-break                         POST  401   405 405 405 405 405
api-break                        DELETE 401   404 404 204 404 404
api-routines                      GET   401   200 200 200 200 200
api-routines                      POST  401   400 400 400 400 400
api-imports                       GET   401   200 200 200 200 200
api-imports                       POST  401   400 400 400 400 400
api-import                        GET   401   404 404 200 404 404
api-import                        POST  401   405 405 405 405 405
api-import-entries                GET   401   404 404 200 404 404
api-import-entries                POST  401   405 405 405 405 405
api-import-undo                   GET   401   405 405 405 405 405
api-import-undo                   POST  401   404 404 200 404 404
api-import-different              GET   401   405 405 405 405 405
api-import-different              POST  401   404 404 200 404 404
api-pain                          GET   401   200 200 200 200 200
api-pain                          POST  401   400 400 400 400 400
api-problems                      GET   401   200 200 200 200 200
api-problems                      POST  401   400 400 400 400 400
api-problem                       GET   401   404 404 200 404 404
api-problem                       POST  401   405 405 405 405 405
api-problem                       PATCH 401   404 404 400 404 404
api-plan                          GET   401   404 404 200 404 404
api-plan                          POST  401   404 404 400 404 404
api-red-flags                     GET   401   404 404 200 404 404
api-red-flags                     POST  401   404 404 400 404 404
api-checks                        GET   401   200 200 200 200 200
api-checks                        POST  401   400 400 400 400 400
api-health                        GET   401   403 403 403 403 403
api-health                        POST  401   403 403 403 403 403
api-my-week                       GET   401   200 200 200 200 200
api-my-week                       POST  401   405 405 405 405 405
api-what-if                       GET   401   400 400 400 400 400
api-what-if                       POST  401   405 405 405 405 405
api-board                         GET   401   404 404 403 200 403
api-board                         POST  401   404 404 403 405 403
api-trends                        GET   401   404 404 403 200 403
api-trends                        POST  401   404 404 403 405 403
"""

# allauth's pages that somebody without a login needs; every other one sends to the login.
LOGIN_PAGES = {
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_confirm_login_code", "account_request_login_code", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}  # fmt: skip


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    rows = [line.split() for line in TABLE.splitlines() if line]
    found = {(name, method): dict(zip(ROLES, said, strict=True)) for name, method, *said in rows}
    assert len(found) == len(rows), "an address stands twice in the table"
    return found


EXPECTED = read_table()


def routes(resolver=None, namespace="", start=""):
    """Yield (name, address pattern) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = start + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner, path)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", path


OURS = [name for name, path in routes() if not path.startswith(("admin/", "accounts/"))]
ADMIN = [path for name, path in routes() if path.startswith("admin/")]
ALLAUTH = [name for name, path in routes() if path.startswith("accounts/")]
PATTERNS = dict(routes())
CLUB_PAGES = {name for name, path in routes() if "<slug:slug>" in path}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def clients(client_of, membership, coach, admin_membership, outsider):
    """A client of each role."""
    elsewhere = MembershipFactory(role=Role.COACH, club__slug="elsewhere").user
    people = {
        "outsider": outsider,
        "elsewhere": elsewhere,
        "runner": membership.user,
        "coach": coach,
        "admin": admin_membership.user,
    }
    return {"anonymous": Client()} | {role: client_of(user) for role, user in people.items()}


@pytest.fixture
def address_of(club, membership, coach, admin_membership, now):
    """Return a function from a name to an address about the runner's own things and club."""
    runner = membership.user
    assessment = AssessmentFactory(runner=runner, training="ease")
    digest = Digest.objects.create(
        membership=membership, kind="runner", week=dt.date(2026, 3, 9), due_at=now, state="failed"
    )
    decision = CoachDecision.objects.create(
        assessment=assessment, club=club, kind="accepted", decided_at=now, decided_by=coach
    )
    invitation = Invitation.objects.create(
        club=club,
        email="newcomer@example.org",
        invited_by=admin_membership.user,
        expires_at=now + dt.timedelta(days=7),
    )
    activity = ActivityFactory(runner=runner).pk
    problem = ReturnPlanFactory(problem__runner=runner).problem_id
    shoe = ShoeFactory(owner=runner).pk
    looked_at = ShoeCheck.objects.create(
        shoe_id=shoe, on=now.date(), outcome="kept", distance_m=0
    ).pk
    squad = SquadFactory(club=club).pk
    key, _ = create_token(runner, name="watch", now=now)
    planned = PlannedBreakFactory(runner=runner).pk
    sheet = physio_sheet(runner, parts=["runs"], weeks=4, on=now.date())
    shared, token = share_sheet(runner, sheet=sheet, days=1, now=now)
    asked = ImportEntryFactory(
        file__batch__runner=runner,
        status="waiting",
        table={
            "headings": ["Day", "Far"],
            "rows": [["2026-03-14", "8.5"]],
            "separator": ",",
            "roles": ["date", "distance"],
            "suggestion": None,
        },
    )
    told = ImportEntryFactory(file=asked.file)
    undo = ActivityUndo.objects.create(
        runner=runner, what="edited", activity_id=activity, kind="run", on=now.date(),
        before={"rows": [], "days": {}}, changed_at=now, created_at=now,
    ).pk  # fmt: skip
    run = RunGroupFactory(run__club=club).run_id
    route = SoftRouteFactory(club=club).pk
    pks = {
        "dashboards:plan-run": run,
        "dashboards:plan-run-remove": run,
        "dashboards:route": route,
        "dashboards:route-remove": route,
        "members:import-batch": asked.batch_id,
        "members:import-live": asked.batch_id,
        "members:import-undo": asked.batch_id,
        "members:import-different": told.pk,
        "members:import-columns": asked.pk,
        "members:import-forget": TableLayoutFactory(runner=runner).pk,
        "api-import": asked.batch_id,
        "api-import-entries": asked.batch_id,
        "api-import-undo": asked.batch_id,
        "api-import-different": told.pk,
        "injuries:log-undo": undo,
        "members:break-cancel": planned,
        "api-break": planned,
        "injuries:log-edit": activity,
        "injuries:log-answer": activity,
        "injuries:log-delete": activity,
        "activity-detail": activity,
        "activity-undo": activity,
        "injuries:problem": problem,
        "dashboards:course": problem,
        "injuries:red-flags": problem,
        "injuries:details": problem,
        "injuries:plan": problem,
        "injuries:session": problem,
        "injuries:hold": membership.pk,
        "api-problem": problem,
        "api-plan": problem,
        "api-red-flags": problem,
        "members:shoe": shoe,
        "members:shoe-retire": shoe,
        "members:shoe-delete": shoe,
        "members:shoe-comfort": shoe,
        "members:shoe-check": shoe,
        "injuries:shoe-note": shoe,
        "api-comfort": shoe,
        "api-shoe-checks": shoe,
        "api-shoe-check": looked_at,
        "members:shoe-check-take-back": looked_at,
        "shoe-detail": shoe,
        "members:token-revoke": key.pk,
        "members:sharing": membership.pk,
        "members:leave": membership.pk,
        "members:club-member": membership.pk,
        "members:club-member-end": membership.pk,
        "dashboards:mail-preview": membership.pk,
        "dashboards:mail-preview-html": membership.pk,
        "dashboards:runner": membership.pk,
        "dashboards:runner-what-if": membership.pk,
        "dashboards:sheet-withdraw": shared.pk,
        "dashboards:decide": membership.pk,
        "dashboards:outcome": decision.pk,
        "members:invitation-revoke": invitation.pk,
        "members:claim-link": invitation.pk,
        "members:squad": squad,
        "members:squad-remove": squad,
    }

    def address(name, *, slug=club.slug):
        if name == "dashboards:mail-off":
            return mail_off_link(runner.pk, kind="runner").removeprefix("http://127.0.0.1:8000")
        kwargs = {"slug": slug} if name in CLUB_PAGES else {}
        if name in pks:
            kwargs["pk"] = pks[name]
        if name == "dashboards:sheet":
            kwargs["token"] = token
        if name == "injuries:check-link":
            kwargs["token"] = check_token(runner.pk, week=dt.date(2026, 3, 9))
        if name == "dashboards:resend":
            kwargs |= {"ledger": "digest", "pk": digest.pk}
        if name == "injuries:guide":
            kwargs["spot"] = "back_of_heel"
        if name.startswith("dashboards:notice-preview"):
            kwargs["kind"] = "reminder"
        if name == "members:days-link":
            kwargs["token"] = days_token(runner.pk, week=dt.date(2026, 3, 9))
        if name == "injuries:morning-link":
            kwargs["token"] = morning_token(runner.pk, on=now.date())
        if name == "members:join":
            kwargs["token"] = join_token(invitation.pk)
        if name.startswith("dashboards:demo-mail-"):
            kwargs["name"] = "20260318-120000-1"
        return reverse(name, kwargs=kwargs)

    return address


@pytest.fixture
def writes(db):
    """Every statement that changes something, in order; sessions are nobody's data."""
    statements = []

    def note(execute, sql, params, many, context):
        if sql.split()[0] in {"INSERT", "UPDATE", "DELETE", "REPLACE"} and SESSIONS not in sql:
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def ask(client, method, address):
    kind = "application/json" if address.startswith("/api/") else "multipart/form-data; boundary=x"
    return client.generic(method, address, content_type=kind)


def answer_of(response):
    """Return the status, or "login" where the answer is the way to the login."""
    to_login = response.headers.get("Location", "").split("?")[0] == "/accounts/login/"
    return "login" if to_login else str(response.status_code)


def is_refusal(answer):
    return answer in {"login", "401", "403", "404", "405"}


@contextlib.contextmanager
def undone():
    """Take back what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- Our own addresses ----------------------------------------------------------------------------
def test_every_address_has_a_name_of_its_own_and_stands_in_the_table():
    assert sorted(OURS) == sorted(set(OURS))
    for method in ("GET", "POST"):
        assert sorted(OURS) == sorted(name for name, known in EXPECTED if known == method)


@pytest.mark.parametrize("name", sorted(OURS))
def test_everybody_gets_the_answer_of_the_table(name, clients, address_of, writes):
    address = address_of(name)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        with undone():
            got = {role: _answer(role, clients[role], method, address, writes) for role in ROLES}
        if (name, method) in EXPECTED:
            assert got == EXPECTED[name, method], method
        else:
            assert all(is_refusal(answer) for answer in got.values()), (method, got)


def _answer(role, client, method, address, writes):
    """Return the answer, having checked that a refused request changed and told nothing."""
    writes.clear()
    response = ask(client, method, address)
    answer = answer_of(response)
    if is_refusal(answer):
        assert writes == [], (role, method)
        # One's own name stands in the head of every page.
        assert role == "runner" or RUNNER not in response.content.decode(), (role, method)
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        page = response.content.decode()
        assert page.count("<h1") == 1, (role, method, answer)
        # A mail shown as it was sent keeps its styles, and a policy that lets nothing else happen.
        is_mail = "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert is_mail or not INLINE.search(page), (role, method, answer)
    return answer


@pytest.mark.parametrize("name", sorted(name for name in CLUB_PAGES if "pk>" in PATTERNS[name]))
def test_one_clubs_things_are_not_found_through_another(name, client_of, address_of, writes):
    """Whoever may do something in their own club may not do it there to somebody of another."""
    address = address_of(name, slug="other")
    other = ClubFactory(slug="other")
    for role in (Role.COACH, Role.ADMIN):
        client = client_of(MembershipFactory(role=role, club=other).user)
        for method in ("GET", "POST"):
            here = EXPECTED[name, method][role.value]
            expected = here if here in {"403", "405"} else "404"
            assert _answer(role.value, client, method, address, writes) == expected


@pytest.mark.parametrize("name", sorted(CLUB_PAGES))
def test_who_has_left_is_a_stranger(name, client_of, club, address_of, now, writes):
    address = address_of(name)
    for role in Role.values:
        client = client_of(MembershipFactory(club=club, role=role, left_at=now).user)
        for method in ("GET", "POST"):
            assert _answer("left", client, method, address, writes) == "404"


# --- The operator's site and allauth's ------------------------------------------------------------
def test_the_operators_site_lets_only_operators_in(clients):
    """Membership, even an admin's, opens nothing of it."""
    assert len(ADMIN) > 40
    for path in ADMIN:
        address = re.sub(r"<path:object_id>|<int:content_type_id>", "1", path)
        for role, client in clients.items():
            response = client.get("/" + re.sub(r"[$^]|\(.*", "", address))
            assert response.status_code in {302, 404}, (role, path)
            assert not response.content, (role, path)


def test_accounts_want_a_login_except_to_log_in(client, db):
    open_pages = set()
    for name in ALLAUTH:
        kwargs = {"mfa_remove_webauthn": {"pk": 1}, "mfa_edit_webauthn": {"pk": 1}}.get(name, {})
        if name == "account_reset_password_from_key":
            kwargs = {"uidb36": "1", "key": "x"}
        if answer_of(client.get(reverse(name, kwargs=kwargs))) != "login":
            open_pages.add(name)
    assert open_pages == LOGIN_PAGES
