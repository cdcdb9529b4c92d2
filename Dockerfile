# One image for web, worker, beat and migrations; which it is, the command says.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/data
WORKDIR /app
RUN useradd --uid 10001 --no-create-home surefoot && install -d -o surefoot /data /static
COPY --from=build /venv /venv
COPY . .
# The files browsers load are collected once, here, so that the running container may be read-only.
RUN SECRET_KEY=only-for-collecting VAR_DIR=/tmp/build STATIC_ROOT=/static \
    python manage.py collectstatic --noinput && rm -rf /tmp/build
ENV STATIC_ROOT=/static BIND=0.0.0.0:8000
USER surefoot
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-m", "clubsite.healthcheck"]
CMD ["gunicorn", "-c", "clubsite/gunicorn.py", "clubsite.wsgi"]
