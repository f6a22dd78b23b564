# Headwaters as an image: one process, no root, nothing written but /data and /tmp. docs/DEPLOY.md says how to run it.
FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/headwaters \
    && /opt/headwaters/bin/pip install --no-cache-dir --constraint requirements-lock.txt '.[sign-in]' \
    && /opt/headwaters/bin/pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home headwaters \
    && install --directory --owner headwaters /data
COPY --from=build /opt/headwaters /opt/headwaters
ENV PATH=/opt/headwaters/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/home/headwaters \
    HEADWATERS_DATA=/data \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
USER 10001
WORKDIR /home/headwaters
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "import os, urllib.request; base = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); urllib.request.urlopen('/'.join(filter(None, ('http://127.0.0.1:8501', base, 'healthz'))), timeout=8)"]
CMD ["headwaters", "serve"]
