"""What people do on the log page, for the tests about it."""


def settled(page):
    page.wait_for_load_state("networkidle")


def offline_ready(page):
    """Wait until the service worker keeps the log page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/log/offline/').then((found) => Boolean(found))")


def log_one(page, *, distance, duration="45"):
    page.get_by_label("Distance").fill(distance)
    page.get_by_label("Time", exact=True).fill(duration)
    page.get_by_role("button", name="Save").click()


def newest(person, count):
    """Return the distances of the newest entries as the API tells them, newest first."""
    return person.page.evaluate(
        "n => fetch(`/api/v1/activities/?limit=${n}`).then((answer) => answer.json())"
        ".then((found) => found.results.map((one) => one.distance_m))",
        count,
    )
